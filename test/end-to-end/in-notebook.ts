/**
 * `inNotebook`: tests of one notebook. All notebooks of a test file are tabs of one JupyterLab in one browser, because
 * opening a page takes seconds. Knows nothing of what is tested.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, test as base, beforeAll, describe, onTestFailed } from 'vitest'
import { type Cell, notebookOf } from '../conformance/jupyter.ts'
import { lessons } from '../notebooks/notebook.ts'
import { findChromium, noChromium } from '../runner/chromium.ts'
import { root } from '../runner/paths.ts'
import { type JupyterLab, startJupyterLab } from './jupyterlab.ts'
import { launch, type NotebookPage, openFromList } from './notebook-page.ts'

export const LESSON = '01-first-call.ipynb'
const STEP_MS = 15_000
const executable = findChromium()

export interface Shared {
  lab: JupyterLab
  page: Page
  /** Another notebook of these cells, in a tab of its own. */
  open(file: string, cells?: readonly Cell[]): Promise<NotebookPage>
}

type NotebookTest = (title: string, run: (notebook: NotebookPage, shared: Shared) => Promise<void>) => void

let shared: Shared
let browser: Browser | undefined

/** Starts JupyterLab and the browser for the tests of this file. */
export function useJupyterLab(): void {
  beforeAll(async () => {
    if (!executable) return
    const lab = await startJupyterLab(lessons, {
      // Lets a test reach the kernel as an extension does.
      options: ['--LabApp.expose_app_in_browser=True'],
      settings: {
        '@jupyterlab/completer-extension:manager': { showDocumentationPanel: true },
        '@jupyterlab/terminal-extension:plugin': { screenReaderMode: true },
      },
    })
    browser = await launch(executable)
    const page = await browser.newPage({ viewport: { width: 1280, height: 860 } })
    page.setDefaultTimeout(STEP_MS)
    await page.goto(lab.url())
    await page.locator('.jp-DirListing-item').first().waitFor()
    const open: Shared['open'] = async (file, cells) => {
      if (cells) writeFileSync(join(lab.folder, file), JSON.stringify(notebookOf(cells)))
      return await openFromList(page, file)
    }
    shared = { lab, page, open }
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await shared?.lab.stop()
  })
}

/** Without a browser its tests are skipped, and the report says why. A failed one leaves a picture. */
export function inNotebook(
  file: string,
  cells: readonly Cell[] | undefined,
  define: (test: NotebookTest) => void,
): void {
  describe(file.replace('.ipynb', ''), () => {
    let notebook: NotebookPage
    beforeAll(async () => {
      if (executable) notebook = await shared.open(file, cells)
    }, 60_000)
    afterAll(async () => {
      if (notebook) await notebook.menu('Kernel', 'Shut Down Kernel')
    })
    define((title, run) =>
      base(title, { timeout: 60_000 }, async (context) => {
        if (!executable) context.skip(noChromium)
        onTestFailed(async () => {
          const folder = join(root, 'test-results')
          mkdirSync(folder, { recursive: true })
          await shared.page.screenshot({ path: join(folder, `${title.replace(/\W+/g, '-')}.png`) })
          // A menu that is left open would lie over what the next test clicks.
          await shared.page.keyboard.press('Escape')
        })
        await run(notebook, shared)
      }))
  })
}
