/**
 * The README's pictures, taken of a real JupyterLab: `node docs/screenshots.ts` after `npm run setup`.
 */
import { join } from 'node:path'
import { startJupyterLab } from '../test/end-to-end/jupyterlab.ts'
import { launch, type NotebookPage, openNotebook } from '../test/end-to-end/notebook-page.ts'
import { findChromium, noChromium } from '../test/runner/chromium.ts'

const LESSON = '01-first-call.ipynb'
const executable = findChromium()
if (!executable) throw new Error(noChromium)

const lab = await startJupyterLab([`notebooks/lessons/${LESSON}`])
const browser = await launch(executable)
try {
  const notebook = await openNotebook(browser, lab.url(LESSON))
  const { page } = notebook
  await page.setViewportSize({ width: 1180, height: 700 })
  await notebook.runAll()
  // Without the file browser: the notebook is what is to be seen.
  await page.keyboard.press('Control+b')

  await scrollTo(notebook, 'const LOCALHOST')
  await picture(notebook, 'echo-server.png')

  await notebook.typeNewCell('const phone = socket.socket()\nphone.set')
  await page.keyboard.press('Tab')
  await page.locator('.jp-Completer-item').first().waitFor()
  await picture(notebook, 'completion.png')
  await page.keyboard.press('Escape')

  await notebook.typeNewCell(
    'const ADDRESS = ["127.0.0.1", 50000]\nusing server = socket.socket()\nserver.bind(ADDRESS)\nawait server.send("hello")',
  )
  await notebook.run()
  await notebook.ended(notebook.cells.last())
  await notebook.cells.last().scrollIntoViewIfNeeded()
  await picture(notebook, 'mistakes.png')
} finally {
  await browser.close()
  await lab.stop()
}

/** Code and output of a cell. Twice: what comes into view is laid out only then, and moves the rest. */
async function scrollTo(notebook: NotebookPage, code: string): Promise<void> {
  const output = notebook.cells.filter({ hasText: code }).first().locator('.jp-OutputArea')
  for (let twice = 0; twice < 2; twice++)
    await output.evaluate((element) => {
      element.scrollIntoView({ block: 'end' })
      // Runs in the browser; as text, since this program's own types know no browser.
      return new Promise(new Function('resolve', 'requestAnimationFrame(resolve)') as () => void)
    })
}

async function picture({ page }: NotebookPage, name: string): Promise<void> {
  await page.screenshot({ path: join(import.meta.dirname, 'pictures', name) })
}
