/** What helps while typing: Tab, Shift+Tab and Contextual Help. */
import { expect } from 'vitest'
import { inNotebook } from './in-notebook.ts'
import type { NotebookPage } from './notebook-page.ts'

/** Types the code, presses Tab, and returns the completer's item with this text. */
async function complete({ page, typeNewCell }: NotebookPage, code: string, item: string) {
  await typeNewCell(code)
  await page.keyboard.press('Tab')
  const found = page.locator('.jp-Completer-item').filter({
    has: page.locator('.jp-Completer-match', { hasText: new RegExp(`^${item}$`) }),
  })
  await found.first().waitFor()
  return found.first()
}

inNotebook('editing help.ipynb', ['let running = true'], (test) => {
  test('Tab completes a member of the socket module; the cell runs', async (notebook) => {
    const { page, cells } = notebook
    const item = await complete(notebook, 'socket.AF_INE', 'AF_INET')
    expect(await item.locator('.jp-Completer-type').textContent()).toBe('i')
    await item.click()
    await cells
      .last()
      .locator('.cm-content')
      .filter({ hasText: /^socket\.AF_INET$/ })
      .waitFor()
    await page.keyboard.press('Control+Enter')
    await notebook.ended(cells.last())
    expect(await notebook.outputs(cells.last())).toEqual(['2'])
  })

  for (const [what, code, item, type] of [
    ['a member of a variable of this cell', 'const phone = socket.socket(); phone.sett', 'settimeout', 'function'],
    ['a name of a cell that has not run', 'const late = 1; const lat2 = la', 'late', 'instance'],
    ['a module’s path', 'import fs from "node:f', 'node:fs/promises', 'module'],
    ['an installed package', 'import { socket as s2 } from "socketl', 'socketlab', 'path'],
    ['a string that the type asks for', 'const word: "alpha" | "beta" = "al', 'alpha', 'text'],
  ] as const)
    test(`Tab completes ${what}, and says that it is a ${type}`, async (notebook) => {
      const completion = await complete(notebook, code, item)
      expect(await completion.locator('.jp-Completer-typeExtended').textContent()).toBe(type)
      await notebook.page.keyboard.press('Escape')
    })

  test('the completer’s panel shows the documentation of the item', async (notebook) => {
    await complete(notebook, 'socket.createServ', 'createServer')
    const { page } = notebook
    await page.locator('.jp-Completer-docpanel').filter({ hasText: 'function createServer' }).waitFor()
    await page.keyboard.press('Escape')
  })

  test('Shift+Tab shows signature, parameters and an example', async ({ page, typeNewCell }) => {
    await typeNewCell('socket.createConnection')
    await page.keyboard.press('Shift+Tab')
    const tooltip = page.locator('.jp-Tooltip')
    await tooltip.waitFor()
    expect(await tooltip.locator('pre').first().textContent()).toMatch(/^function createConnection\(/)
    expect(await tooltip.locator('li').allTextContents()).toContainEqual(expect.stringMatching(/^timeout: seconds/))
    expect(await tooltip.textContent()).toContain("['www.example.com', 80]")
    await page.keyboard.press('Escape')
    await tooltip.waitFor({ state: 'detached' })
  })

  test('Contextual Help follows the cursor, also while a cell runs', async (notebook) => {
    const { page, menu, typeNewCell, run, stop } = notebook
    await menu('Help', 'Show Contextual Help')
    const help = page.locator('.jp-Inspector-content')
    await typeNewCell('threading.Thread')
    await help.filter({ hasText: 'class Thread' }).waitFor()
    await typeNewCell('for (;;) {}')
    await run()
    await page.getByText('TypeScript (socketlab) | Busy').waitFor()
    await typeNewCell('struct.pack')
    await help.filter({ hasText: 'function pack' }).waitFor()
    // The answer is one message, the state another.
    await page.getByText('TypeScript (socketlab) | Busy').waitFor()
    await stop()
    await notebook.idle()
    await page
      .locator('.lm-TabBar-tab')
      .filter({ hasText: 'Contextual Help' })
      .locator('.lm-TabBar-tabCloseIcon')
      .click()
  })
})
