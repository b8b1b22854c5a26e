/** Several notebooks and their kernels: beside each other, renamed, closed and opened again, ended from the list. */
import { expect } from 'vitest'
import { inNotebook } from './in-notebook.ts'
import type { NotebookPage } from './notebook-page.ts'

const tab = ({ page }: NotebookPage, file: string) =>
  page.locator('.lm-DockPanel-tabBar .lm-TabBar-tab', { hasText: file })

inNotebook('first.ipynb', ['let whose = "first"\nwhose'], (test) => {
  test('two notebooks have kernels and variables of their own', async (notebook, shared) => {
    const { runAll, outputs, cells } = notebook
    await runAll()
    const second = await shared.open('second.ipynb', [
      'typeof (globalThis as any).whose',
      'let whose = "second"\nwhose',
    ])
    await second.runAll()
    expect(await outputs(cells.nth(1))).toEqual(["'second'"])
    await second.menu('Kernel', 'Shut Down Kernel')
    await tab(notebook, 'first.ipynb').click()
    expect(await outputs(await notebook.runNewCell('whose'))).toEqual(["'first'"])
  })

  test('a notebook that is renamed keeps its kernel', async (notebook) => {
    const { page, menu, runNewCell, outputs } = notebook
    await menu('File', 'Rename Notebook…')
    const dialog = page.getByRole('dialog')
    await dialog.locator('input').fill('renamed.ipynb')
    await dialog.locator('.jp-mod-accept').click()
    await tab(notebook, 'renamed.ipynb').waitFor()
    expect(await outputs(await runNewCell('whose'))).toEqual(["'first'"])
  })

  test('a notebook that is closed and opened again has its variables, and its server still answers', async (notebook, shared) => {
    const { page, menu, runNewCell } = notebook
    await runNewCell(
      'const answering = socket.createServer(["127.0.0.1", 0])\nnew threading.Thread({ daemon: true, target: async () => { for (;;) { const [conn] = await answering.accept(); console.log("answered"); conn.close() } } }).start()',
    )
    await menu('File', 'Save Notebook')
    await tab(notebook, 'renamed.ipynb').and(page.locator(':not(.jp-mod-dirty)')).waitFor()
    await tab(notebook, 'renamed.ipynb').locator('.lm-TabBar-tabCloseIcon').click()
    await tab(notebook, 'renamed.ipynb').waitFor({ state: 'detached' })
    const again = await shared.open('renamed.ipynb')
    const cell = await again.runNewCell(
      'using call = await socket.createConnection(answering.getsockname())\nconst rest = await call.recv(1);\n[whose, rest.length]',
    )
    // It comes into the page a moment after the cell's number.
    await cell.locator('.jp-OutputArea-output').filter({ hasText: "[ 'first', 0 ]" }).waitFor()
  })

  test('the list of running kernels ends one', async ({ page, panel }) => {
    await page.getByRole('tab', { name: /Running Terminals and Kernels/ }).click()
    const kernel = page.locator('.jp-RunningSessions-item.jp-mod-kernel').filter({ hasText: 'renamed.ipynb' })
    await kernel.hover()
    await kernel.locator('.jp-RunningSessions-itemShutdown').first().click()
    await panel.getByText('No Kernel').waitFor()
    await page.getByRole('tab', { name: /File Browser/ }).click()
  })
})
