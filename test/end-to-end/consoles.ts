/** Code consoles: of a notebook's kernel, of a subshell, and of their own. */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { inNotebook } from './in-notebook.ts'
import type { NotebookPage } from './notebook-page.ts'

const codeConsole = (page: Page) => page.locator('.jp-ConsolePanel:not(.lm-mod-hidden) .jp-CodeConsole')

async function openConsole({ page, cells }: NotebookPage, item: string): Promise<void> {
  await cells.first().locator('.jp-InputArea-editor').click({ button: 'right' })
  await page.locator('.lm-Menu-itemLabel', { hasText: new RegExp(`^${item}$`) }).click()
  await codeConsole(page).locator('.jp-CodeConsole-promptCell .cm-content').waitFor()
}

async function enter(page: Page, code: string): Promise<void> {
  await codeConsole(page).locator('.jp-CodeConsole-promptCell .cm-content').click()
  await page.keyboard.insertText(code)
  await page.keyboard.press('Shift+Enter')
}

const shows = (page: Page, text: string) =>
  codeConsole(page).locator('.jp-OutputArea-output').filter({ hasText: text }).first().waitFor()

async function close({ page }: NotebookPage): Promise<void> {
  await page.keyboard.press('Alt+w')
  await codeConsole(page).waitFor({ state: 'detached' })
}

inNotebook('consoles.ipynb', ['let count = 41'], (test) => {
  test('New Console for Notebook: the same variables, the banner, and history by the arrow', async (notebook) => {
    const { page, cells, run, ended } = notebook
    await cells.first().locator('.cm-content').click()
    await run()
    await ended(cells.first())
    await openConsole(notebook, 'New Console for Notebook')
    await codeConsole(page)
      .locator('.jp-CodeConsole-banner')
      .filter({ hasText: /socketlab .*: TypeScript/ })
      .waitFor()
    await enter(page, 'count + 1')
    await shows(page, '42')
    await page.keyboard.press('ArrowUp')
    await codeConsole(page).locator('.jp-CodeConsole-promptCell .cm-content').filter({ hasText: 'count + 1' }).waitFor()
    await close(notebook)
  })

  test('New Subshell Console for Notebook answers while a cell of the notebook waits', async (notebook) => {
    const { page, typeNewCell, run, ended, outputs } = notebook
    const waiting = await typeNewCell(
      'const gate = Promise.withResolvers<string>()\nconsole.log("waits")\nawait gate.promise',
    )
    await run()
    await waiting.locator('.jp-OutputArea-output').filter({ hasText: 'waits' }).waitFor()
    await openConsole(notebook, 'New Subshell Console for Notebook')
    // JupyterLab asks for the subshell after it has shown the console, and without a sign on the page.
    await page.waitForFunction('jupyterapp.shell.currentWidget.sessionContext?.session?.kernel?.subshellId')
    await enter(page, 'gate.resolve("opened"); "from the subshell"')
    await shows(page, 'from the subshell')
    await ended(waiting)
    expect(await outputs(waiting)).toEqual(['waits\n', "'opened'"])
    await close(notebook)
  })
})
