/**
 * Lessons as web pages, made by nbconvert: on a telephone no text has to be scrolled sideways, and axe-core finds nothing
 * serious in what our outputs show.
 */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lessons, nameOf } from '../notebooks/notebook.ts'
import { findChromium, noChromium } from '../runner/chromium.ts'
import { root, venvPython } from '../runner/paths.ts'
import { launch } from './notebook-page.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const executable = findChromium()
const folder = mkdtempSync(join(tmpdir(), 'socketlab-pages-'))
let browser: Browser

/** What reaches out of its place: explanations, and outputs of every kind. */
const TOO_WIDE = `[...document.querySelectorAll('.jp-MarkdownOutput, .jp-OutputArea-output')]
  .filter((one) => one.scrollWidth > one.clientWidth + 1)
  .map((one) => one.scrollWidth + ' > ' + one.clientWidth + ': ' + one.textContent.trim().slice(0, 60))`

interface Finding {
  id: string
  impact: string
  nodes: { html: string }[]
}

beforeAll(async () => {
  if (!executable) return
  const nbconvert = join(dirname(venvPython), 'jupyter-nbconvert')
  const files = lessons.map((path) => join(root, path))
  await promisify(execFile)(venvPython, [nbconvert, '--to', 'html', '--output-dir', folder, ...files])
  browser = await launch(executable)
}, 120_000)

afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true, force: true })
})

test.for(lessons)('%s as a page 390 pixels wide', async (path, context) => {
  if (!executable) context.skip(noChromium)
  const page = await browser.newPage({ viewport: { width: 390, height: 844 } })
  // Its formulas come from the web: nothing of ours needs them.
  await page.route(/^https?:/, (route) => route.abort())
  await page.goto(pathToFileURL(join(folder, `${nameOf(path)}.html`)).href)
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
  expect(await page.evaluate(TOO_WIDE)).toEqual([])
  await page.evaluate(axe)
  const { violations, passes } = (await page.evaluate(`axe.run({ include: '.jp-OutputArea-output' })`)) as {
    violations: Finding[]
    passes: Finding[]
  }
  expect(passes.length).toBeGreaterThan(0)
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  await page.close()
})
