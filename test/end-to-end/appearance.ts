/** Our outputs in JupyterLab's light and dark themes: readable contrast, and nothing serious for axe-core. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, onTestFinished } from 'vitest'
import { inNotebook } from './in-notebook.ts'
import type { NotebookPage } from './notebook-page.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const cells = [
  // A note of the kernel's: the earlier cell no longer fits.
  'let size = 1\nconst grow = () => size + 1',
  'let size = "one"',
  'using listener = socket.createServer(["127.0.0.1", 0])\nlab.sockets()',
  'lab.hexdump(bytes`GET / HTTP/1.1\\r\\n`)',
  'console.log("said"); console.error("complained")',
  'const port: number = "eighty"',
  'throw new RangeError("too far")',
  'await socket.createConnection(["127.0.0.1", 1])',
  '({ words: ["a"], count: 1 })',
]

interface Finding {
  id: string
  impact: string
  nodes: { html: string; any: { message: string }[] }[]
}

async function useTheme({ page }: NotebookPage, theme: string): Promise<void> {
  await page.getByRole('menuitem', { name: 'Settings', exact: true }).click()
  await page
    .locator('.lm-Menu-item')
    .filter({ hasText: /^Theme/ })
    .click()
  await page.locator('.lm-Menu-itemLabel', { hasText: new RegExp(`^${theme}$`) }).click()
  await page.locator(`body[data-jp-theme-name="${theme}"]`).waitFor({ state: 'attached' })
}

inNotebook('appearance.ipynb', cells, (test) => {
  for (const theme of ['JupyterLab Dark', 'JupyterLab Light'])
    test(`${theme}: what our outputs show is readable and has no serious finding of axe-core`, async (notebook) => {
      const { page, cells: all, run, ended } = notebook
      await useTheme(notebook, theme)
      // All cells in sight: JupyterLab takes others out of the page, and axe-core does not look at what is not seen.
      const size = page.viewportSize()!
      await page.setViewportSize({ width: size.width, height: 2400 })
      onTestFinished(() => page.setViewportSize(size))
      // One by one: an error would end Run All.
      for (let at = 0; at < cells.length; at++) {
        await all.nth(at).locator('.cm-content').click()
        await run()
        await ended(all.nth(at))
      }
      await page.evaluate(axe)
      // JupyterLab's body is lower than what it shows, and cuts off by its style: for axe-core all below is invisible.
      await page.evaluate('document.body.style.height = "100vh"')
      const { violations, passes } = (await page.evaluate(
        `axe.run({ include: '.jp-NotebookPanel:not(.lm-mod-hidden) .jp-OutputArea-output' })`,
      )) as { violations: Finding[]; passes: Finding[] }
      // It has looked at the colours of every output.
      const seen = passes.filter(({ id }) => id === 'color-contrast').flatMap(({ nodes }) => nodes)
      expect(seen.length).toBeGreaterThanOrEqual(await notebook.panel.locator('.jp-OutputArea-output').count())
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      const findings = serious.flatMap(({ id, nodes }) =>
        nodes.map((one) => `${id}: ${one.any[0]?.message} ${one.html}`),
      )
      expect(findings).toEqual([])
    })
})
