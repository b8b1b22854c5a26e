/** Much text: all of it, and a page that can still be used. The last tests of the page: it keeps what was printed. */
import { expect } from 'vitest'
import { inNotebook } from './in-notebook.ts'

inNotebook('flood.ipynb', ['1'], (test) => {
  test('more than Jupyter’s server lets through at once arrives whole', async ({ typeNewCell, run, ended, menu }) => {
    const lines = 40_000
    const cell = await typeNewCell(`for (let i = 0; i < ${lines}; i++) console.log(i + "=".repeat(90))`)
    await run()
    await ended(cell)
    const text = (await cell.locator('.jp-OutputArea-output').allTextContents()).join('')
    expect(text === Array.from({ length: lines }, (_, i) => `${i}${'='.repeat(90)}\n`).join('')).toBe(true)
    await menu('Edit', 'Clear Outputs of All Cells')
  })

  test('one text as long as what the server lets through in its three seconds arrives whole', async (notebook) => {
    const { typeNewCell, run, ended, menu } = notebook
    const cell = await typeNewCell('const more = process.stdout.write(("=".repeat(99) + "\\n").repeat(30_000))')
    await run()
    await ended(cell)
    const text = (await cell.locator('.jp-OutputArea-output').allTextContents()).join('')
    expect(text === `${'='.repeat(99)}\n`.repeat(30_000)).toBe(true)
    await menu('Edit', 'Clear Outputs of All Cells')
  })

  test('while a cell prints without end the page can be used, and ■ ends it', async (notebook) => {
    const { page, typeNewCell, run, ended, stop, menu, runNewCell, outputs } = notebook
    const cell = await typeNewCell('for (;;) console.log("x")')
    await run()
    await cell.locator('.jp-OutputArea-output').waitFor()
    const next = await typeNewCell('"typed meanwhile"')
    await next.locator('.cm-content').filter({ hasText: '"typed meanwhile"' }).waitFor()
    await page.keyboard.press('Escape')
    await stop()
    await ended(cell)
    expect(await cell.locator('.jp-OutputArea-output').last().textContent()).toContain('KeyboardInterrupt')
    await menu('Edit', 'Clear Outputs of All Cells')
    expect(await outputs(await runNewCell('"goes on"'))).toEqual(["'goes on'"])
  })
})
