/** Lessons as a reader runs them. Lesson 1 is in lesson.ts; here a chat and framing, and with `test:full` all. */
import { expect } from 'vitest'
import { lessons, nameOf } from '../notebooks/notebook.ts'
import { full } from '../runner/paths.ts'
import { inNotebook, LESSON } from './in-notebook.ts'

const isShort = /\/(05|07)-/
const others = lessons.filter((path) => !path.endsWith(LESSON))

for (const path of others.filter((each) => full || isShort.test(each)))
  inNotebook(`${nameOf(path)}.ipynb`, undefined, (test) => {
    test('Run All runs every cell without an error', async (notebook) => {
      await notebook.runAll()
      const table = notebook.cells.last().locator('.jp-OutputArea-output').filter({ hasText: 'No socket is open' })
      await table.waitFor({ state: 'attached' })
      expect(await notebook.panel.locator('[data-mime-type="application/vnd.jupyter.error"]').count()).toBe(0)
    })
  })
