/** Lesson 3's two programs in two of JupyterLab's terminals, typed by hand. Any free port: the book's may be taken here. */
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { lesson, textOf } from '../notebooks/notebook.ts'
import { inNotebook } from './in-notebook.ts'

const sources = new Map(
  lesson('notebooks/lessons/03-servers.ipynb').cells.map(({ id, source }) => [id, textOf(source)]),
)
const cells = ['server-ts', 'client-ts', 'files', 'machinery-package'].map((id) => sources.get(id)!)

interface Terminal {
  type(line: string): Promise<void>
  /** Resolves once this stands there, and to what stood there then. */
  shows(text: string): Promise<string>
}

/** File → New → Terminal, and in front until another one comes. */
async function newTerminal(page: Page): Promise<Terminal> {
  const item = (label: string) =>
    page
      .locator('.lm-Menu-item')
      .filter({ has: page.locator('.lm-Menu-itemLabel', { hasText: new RegExp(`^${label}$`) }) })
  const terminals = page.locator('.jp-Terminal')
  const terminal = terminals.nth(await terminals.count())
  await page.getByRole('menuitem', { name: 'File', exact: true }).click()
  await item('New').click()
  await item('Terminal').click()
  // A terminal paints its text; this is what it tells a screen reader.
  const text: Locator = terminal.locator('.xterm-accessibility-tree')
  await text.filter({ hasText: /[$#]/ }).waitFor({ state: 'attached' }) // the shell asks
  return {
    async type(line) {
      await terminal.locator('.xterm-helper-textarea').focus()
      await page.keyboard.type(line)
      await page.keyboard.press('Enter')
    },
    async shows(expected) {
      await text.filter({ hasText: expected }).waitFor({ state: 'attached' })
      return (await text.textContent()) ?? ''
    },
  }
}

inNotebook('terminals.ipynb', cells, (test) => {
  test('server.ts in one terminal, client.ts in another', async ({ page, runAll }, { lab }) => {
    await runAll()
    const there = `cd '${lab.folder}/two-terminals'`
    const first = await newTerminal(page)
    await first.type(`${there} && ./node server.ts 0`)
    const [, port] = (await first.shows('listening on 127.0.0.1:')).match(/127\.0\.0\.1:(\d+)/)!
    const second = await newTerminal(page)
    await second.type(`${there} && ./node client.ts ${port}`)
    await second.shows('Received (decoded): Hello, client! Connection established.')
    // The server has gone.
    await second.type(`./node client.ts ${port}; echo se''en`)
    expect(await second.shows('seen')).toContain('Error: Connection refused. Is the server running?')
    await second.type('exit')
    await page.getByRole('tab', { name: 'Terminal 1' }).click()
    await first.type('exit')
    await page.locator('.jp-Terminal').waitFor({ state: 'detached' })
    await page.getByRole('tab', { name: 'terminals.ipynb' }).click()
  })
})
