/** The box under a cell in which a question is answered. */
import type { Page } from 'playwright-core'

/** JupyterLab keeps an answered box for half a second: the one with this prompt is meant. */
export const box = (page: Page, prompt: string) =>
  page
    .locator('.jp-Stdin')
    .filter({ has: page.locator('.jp-Stdin-prompt', { hasText: prompt }) })
    .locator('input')

/** Types into the box of this question, as a person does. */
export async function answer(page: Page, prompt: string, text: string): Promise<void> {
  await box(page, prompt).waitFor()
  // No click: the cursor is to be in the box already.
  await page.locator('.jp-Stdin-input:focus').waitFor()
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
}
