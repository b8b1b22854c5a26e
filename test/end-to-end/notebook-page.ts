/**
 * A notebook in JupyterLab, in a browser, as a person uses it: menus, keys and what stands on the page.
 */
import { type Browser, chromium, type Locator, type Page } from 'playwright-core'
import { chromiumArguments } from '../runner/chromium.ts'

export const launch = (executablePath: string): Promise<Browser> =>
  chromium.launch({ executablePath, args: [...chromiumArguments] })

export interface NotebookPage {
  page: Page
  /** A menu's item, by the words on it. */
  menu(menu: string, item: string): Promise<void>
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
  restart(): Promise<void>
}

/** The status bar names the kernel once it has answered: before that, Run asks which kernel to take. */
const kernelIdle = (page: Page) => page.getByText('TypeScript (socketlab) | Idle').waitFor()

export async function openNotebook(
  browser: Browser,
  url: string,
  colorScheme: 'light' | 'dark' = 'light',
): Promise<NotebookPage> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 }, colorScheme })
  await page.goto(url)
  await kernelIdle(page)
  const cells = page.locator('.jp-Notebook .jp-CodeCell')
  await cells.first().waitFor()
  const menu = async (name: string, item: string) => {
    await page.getByRole('menuitem', { name, exact: true }).click()
    // Its shortcut stands behind it.
    await page
      .locator('.lm-Menu-item')
      .filter({ has: page.locator('.lm-Menu-itemLabel', { hasText: new RegExp(`^${item}$`) }) })
      .click()
  }
  const ended = async (cell: Locator) => {
    await cell.scrollIntoViewIfNeeded()
    await cell
      .locator('.jp-InputPrompt')
      .filter({ hasText: /\[\d+\]/ })
      .waitFor()
  }
  return {
    page,
    menu,
    cells,
    ended,
    async runAll() {
      await menu('Edit', 'Clear Outputs of All Cells')
      await menu('Run', 'Run All Cells')
      await ended(cells.last())
    },
    outputs: async (cell) => {
      await cell.scrollIntoViewIfNeeded()
      return cell.locator('.jp-OutputArea-output').allInnerTexts()
    },
    async typeNewCell(code) {
      const before = await cells.count()
      await page.locator('.jp-Notebook-footer').click()
      const cell = cells.nth(before)
      await cell.locator('.cm-content').click()
      await page.keyboard.insertText(code)
      return cell
    },
    run: () => page.keyboard.press('Control+Enter'),
    async restart() {
      await menu('Kernel', 'Restart Kernel…')
      await page.getByRole('dialog').getByRole('button', { name: 'Confirm Kernel Restart' }).click()
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await kernelIdle(page)
    },
  }
}
