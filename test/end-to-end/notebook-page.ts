/**
 * A notebook in JupyterLab, in a browser, as a person uses it: menus, keys and what stands on the page.
 */
import { type Browser, chromium, type Locator, type Page } from 'playwright-core'
import { chromiumArguments } from '../runner/chromium.ts'

export const launch = (executablePath: string): Promise<Browser> =>
  chromium.launch({ executablePath, args: [...chromiumArguments] })

/** A function that runs in the browser; its body as text, since this program's own types know no browser. */
export const inBrowser = <Result>(parameter: string, body: string) =>
  new Function(parameter, body) as (value: unknown) => Result

export interface NotebookPage {
  page: Page
  /** The notebook that is in front, with its toolbar. */
  panel: Locator
  /** A menu's item, by the words on it. */
  menu(menu: string, item: string): Promise<void>
  /** The same, where a dialog asks whether it is meant. */
  menuAndConfirm(menu: string, item: string): Promise<void>
  /** The code cells. */
  cells: Locator
  /** Resolves when this cell has been run and has ended. */
  ended(cell: Locator): Promise<void>
  /** Forgets stored outputs, runs every cell, and resolves when the last one has ended. */
  runAll(): Promise<void>
  /** The texts of all outputs of one code cell. */
  outputs(cell: Locator): Promise<string[]>
  /** Adds a cell at the end, and types into it as a person does. */
  typeNewCell(code: string): Promise<Locator>
  /** Runs the selected cell and stays on it. */
  run(): Promise<void>
  /** Both, and resolves when the cell has ended. */
  runNewCell(code: string): Promise<Locator>
  /** ■ in the toolbar. */
  stop(): Promise<void>
  restart(): Promise<void>
  /** Resolves when the status bar says that the kernel is idle. */
  idle(): Promise<void>
}

/** The status bar names the kernel once it has answered: before that, Run asks which kernel to take. */
const kernelIdle = (page: Page) => page.getByText('TypeScript (socketlab) | Idle').waitFor()

/** Opens a notebook in a page of its own. */
export async function openNotebook(
  browser: Browser,
  url: string,
  colorScheme: 'light' | 'dark' = 'light',
): Promise<NotebookPage> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 }, colorScheme })
  await page.goto(url)
  await kernelIdle(page)
  const notebook = notebookOn(page)
  await notebook.cells.first().waitFor()
  return notebook
}

/** Opens a notebook beside the others, from the list of files. */
export async function openFromList(page: Page, file: string): Promise<NotebookPage> {
  const listed = page.waitForResponse((response) => response.url().includes('/api/contents'))
  await page.locator('.jp-FileBrowser [data-command="filebrowser:refresh"]').click()
  await listed
  // `chat.ipynb` is not `05-chat.ipynb`.
  const named = new RegExp(`(?<![\\w-])${RegExp.escape(file)}`)
  const item = page.locator('.jp-DirListing-item').filter({ hasText: named })
  // A lesson before may have left a folder there, by which all others move on: chosen first, then opened.
  await item.click()
  await page.locator('.jp-DirListing-item.jp-mod-selected').filter({ hasText: named }).waitFor()
  await page.keyboard.press('Enter')
  await page.locator('.lm-TabBar-tab.jp-mod-current').filter({ hasText: named }).waitFor()
  await kernelIdle(page)
  const notebook = notebookOn(page)
  await notebook.cells.first().waitFor()
  return notebook
}

function notebookOn(page: Page): NotebookPage {
  // JupyterLab keeps what is behind it in the page.
  const panel = page.locator('.jp-NotebookPanel:not(.lm-mod-hidden)')
  const cells = panel.locator('.jp-Notebook .jp-CodeCell')
  const menu = async (name: string, item: string) => {
    await page.getByRole('menuitem', { name, exact: true }).click()
    // Its shortcut stands behind it.
    await page
      .locator('.lm-Menu-item')
      .filter({ has: page.locator('.lm-Menu-itemLabel', { hasText: new RegExp(`^${item}$`) }) })
      .click()
  }
  const menuAndConfirm = async (name: string, item: string) => {
    await menu(name, item)
    await page.getByRole('dialog').locator('.jp-mod-accept').click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }
  const ended = async (cell: Locator) => {
    await cell.scrollIntoViewIfNeeded()
    await cell
      .locator('.jp-InputPrompt')
      .filter({ hasText: /\[\d+\]/ })
      .waitFor()
  }
  const typeNewCell = async (code: string) => {
    const before = await cells.count()
    await panel.locator('.jp-Notebook-footer').click()
    const cell = cells.nth(before)
    await cell.locator('.cm-content').click()
    await page.keyboard.insertText(code)
    return cell
  }
  const run = () => page.keyboard.press('Control+Enter')
  return {
    page,
    panel,
    menu,
    menuAndConfirm,
    cells,
    ended,
    typeNewCell,
    run,
    async runAll() {
      await menu('Edit', 'Clear Outputs of All Cells')
      await menu('Run', 'Run All Cells')
      await ended(cells.last())
    },
    outputs: async (cell) => {
      await cell.scrollIntoViewIfNeeded()
      return cell.locator('.jp-OutputArea-output').allInnerTexts()
    },
    async runNewCell(code) {
      const cell = await typeNewCell(code)
      await run()
      await ended(cell)
      return cell
    },
    stop: () => panel.locator('[data-command="notebook:interrupt-kernel"]').first().click(),
    async restart() {
      await menuAndConfirm('Kernel', 'Restart Kernel…')
      await kernelIdle(page)
    },
    idle: () => kernelIdle(page),
  }
}
