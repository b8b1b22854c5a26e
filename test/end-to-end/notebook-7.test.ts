import { expect, onTestFinished, test } from 'vitest'
import { findChromium, noChromium } from '../runner/chromium.ts'
import { startNotebook7 } from './notebook-7.ts'
import { launch } from './notebook-page.ts'

const executable = findChromium()

test('Notebook 7 opens Lesson 1 with its kernel, and Run All Cells runs it without an error', {
  timeout: 180_000,
}, async (context) => {
  if (!executable) return context.skip(noChromium)
  const server = await startNotebook7(['notebooks/lessons/01-first-call.ipynb'])
  onTestFinished(() => server.stop())
  const browser = await launch(executable)
  onTestFinished(() => browser.close())
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 } })
  await page.goto(server.url('01-first-call.ipynb'))
  await page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').waitFor()
  const menu = async (name: string, item: string) => {
    await page.getByRole('menuitem', { name, exact: true }).click()
    await page.locator('.lm-Menu-itemLabel', { hasText: new RegExp(`^${item}$`) }).click()
  }
  await menu('Edit', 'Clear Outputs of All Cells')
  await menu('Run', 'Run All Cells')
  const output = (text: RegExp) => page.locator('.jp-Notebook .jp-OutputArea-output').filter({ hasText: text }).first()
  const errors = page.locator('[data-mime-type="application/vnd.jupyter.error"]')
  // Of the last cell, unless one before it failed. Cells out of sight come into the page by and by.
  await output(/^closed: /)
    .or(errors)
    .first()
    .waitFor({ state: 'attached' })
  expect(await errors.allTextContents()).toEqual([])
  await output(/Echo: /).waitFor({ state: 'attached' })
})
