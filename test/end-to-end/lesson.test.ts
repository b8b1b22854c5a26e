import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, test as base, beforeAll, expect, onTestFailed } from 'vitest'
import { findChromium, noChromium } from '../runner/chromium.ts'
import { root } from '../runner/paths.ts'
import { type JupyterLab, startJupyterLab } from './jupyterlab.ts'
import { launch, type NotebookPage, openNotebook } from './notebook-page.ts'

const executable = findChromium()

/** A test in a browser; without one it is skipped, and the report says why. A failed one leaves a picture. */
function test(title: string, run: () => Promise<void>, timeout = 60_000): void {
  base(title, { timeout }, async (context) => {
    if (!executable) context.skip(noChromium)
    onTestFailed(async () => {
      const folder = join(root, 'test-results')
      mkdirSync(folder, { recursive: true })
      await notebook?.page.screenshot({ path: join(folder, `${title.replace(/\W+/g, '-')}.png`) })
    })
    await run()
  })
}

let lab: JupyterLab
let browser: Browser
let notebook: NotebookPage

beforeAll(async () => {
  if (!executable) return
  lab = await startJupyterLab(['notebooks/lessons/01-first-call.ipynb'])
  browser = await launch(executable)
  notebook = await openNotebook(browser, lab.url('01-first-call.ipynb'))
  notebook.page.setDefaultTimeout(20_000)
}, 90_000)

afterAll(async () => {
  await browser?.close()
  await lab?.stop()
})

test('the lesson opens with its kernel, and Run All runs every cell without an error', async () => {
  await notebook.runAll()
  const { page } = notebook
  expect(await page.locator('.jp-RenderedText[data-mime-type="application/vnd.jupyter.error"]').count()).toBe(0)
  expect(await page.locator('.jp-Notebook').textContent()).toContain('Echo: ')
})

test('a new cell completes a member of the socket module, with Tab', async () => {
  const cell = await notebook.typeNewCell('socket.AF_INE')
  const { page } = notebook
  await page.keyboard.press('Tab')
  const item = page.locator('.jp-Completer-item').filter({ hasText: /^AF_INET$|AF_INET6/ })
  await item.first().waitFor()
  await page.keyboard.press('Enter')
  await cell.locator('.cm-content').filter({ hasText: 'socket.AF_INET' }).waitFor()
  await notebook.run()
  await notebook.ended(cell)
  expect(await notebook.outputs(cell)).toEqual(['2'])
})

test('a member of a variable that the same, unrun cell declares is completed', async () => {
  await notebook.typeNewCell('const phone = socket.socket(); phone.sett')
  await notebook.page.keyboard.press('Tab')
  await notebook.page.locator('.jp-Completer-item').filter({ hasText: 'settimeout' }).waitFor()
  await notebook.page.keyboard.press('Enter')
  await notebook.cells.last().locator('.cm-content').filter({ hasText: 'phone.settimeout' }).waitFor()
})

test('Shift-Tab shows the signature and documentation', async () => {
  await notebook.typeNewCell('socket.createConnection')
  await notebook.page.keyboard.press('Shift+Tab')
  const tooltip = notebook.page.locator('.jp-Tooltip')
  await tooltip.waitFor()
  expect(await tooltip.textContent()).toMatch(/createConnection/)
  await notebook.page.keyboard.press('Escape')
})

test('■ stops an endless loop, and variables are kept', async () => {
  const { page, typeNewCell, run, ended, outputs, menu } = notebook
  await ended(await runCell('let kept = 41'))
  const loop = await typeNewCell('console.log("begun"); for (;;) {}')
  await run()
  await loop.locator('.jp-OutputArea-output').filter({ hasText: 'begun' }).waitFor()
  await menu('Kernel', 'Interrupt Kernel')
  await ended(loop)
  expect((await outputs(loop)).join('\n')).toContain('KeyboardInterrupt')
  const after = await runCell('kept + 1')
  await ended(after)
  expect(await outputs(after)).toEqual(['42'])
  expect(await page.getByRole('dialog').count()).toBe(0)
})

test('what a server of one cell prints while a later cell is its client stands under the server’s cell', async () => {
  const server = await runCell(
    'const late = socket.createServer(["127.0.0.1", 0])\nnew threading.Thread({ target: async () => { const [conn] = await late.accept(); console.log("someone called"); conn.close() }, daemon: true }).start()',
  )
  await notebook.ended(server)
  const client = await runCell(
    'using call = await socket.createConnection(late.getsockname())\nawait call.recv(1)\nlate.close()\n"called"',
  )
  await notebook.ended(client)
  await server.locator('.jp-OutputArea-output').filter({ hasText: 'someone called' }).waitFor()
  expect(await notebook.outputs(client)).toEqual(["'called'"])
})

test('an error shows the learner’s own line', async () => {
  const cell = await runCell('const port: number = "eighty"')
  await notebook.ended(cell)
  expect((await notebook.outputs(cell)).join('\n')).toMatch(/const port: number = "eighty"\n.*\^/)
})

test('a restart forgets the variables and leaves a kernel that runs cells', async () => {
  await notebook.restart()
  const cell = await runCell('typeof globalThis.process + typeof (globalThis as { kept?: number }).kept')
  await notebook.ended(cell)
  expect(await notebook.outputs(cell)).toEqual(["'objectundefined'"])
  const gone = await runCell('kept')
  await notebook.ended(gone)
  expect((await notebook.outputs(gone)).join('\n')).toContain("Cannot find name 'kept'")
})

async function runCell(code: string) {
  const cell = await notebook.typeNewCell(code)
  await notebook.run()
  return cell
}
