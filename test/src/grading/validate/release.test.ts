/** `socketlab grade release` and `nbgrader-init` at the command line. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { Notebook } from '../../../../src/notebook/notebook-file.ts'
import { scratch } from '../../cli/command-line.ts'
import { notebookOf, solution } from '../source.ts'
import { double, good } from './double.ts'

const { folder, socketlab, read, remove } = scratch()
afterAll(remove)

const save = (notebook: Notebook, name: string): string => {
  writeFileSync(join(folder, name), JSON.stringify(notebook))
  return name
}

test('release writes the students’ version, and says what it did', async () => {
  const name = save(notebookOf(double, good), 'double.ipynb')
  const { code, stdout } = await socketlab(['grade', 'release', name, '-o', 'new/out.ipynb'])
  expect(code).toBe(0)
  expect(stdout).toBe('new/out.ipynb: 1 solution and 1 hidden test taken out, 1 cell locked, 2 points\n')
  expect(JSON.stringify(read('new/out.ipynb'))).not.toMatch(/2 \* n|seventy|SOLUTION|HIDDEN/)
})

test('release never writes over the source, and not at all where something is wrong', async () => {
  const name = save(notebookOf(solution('a', '// BEGIN SOLUTION')), 'open.ipynb')
  expect(await socketlab(['grade', 'release', name, '-o', `./${name}`])).toMatchObject({ code: 2 })
  const { code, stderr } = await socketlab(['grade', 'release', name, '-o', 'not.ipynb'])
  expect([code, existsSync(join(folder, 'not.ipynb'))]).toEqual([1, false])
  expect(stderr).toContain('cell 1 (a): line 1: BEGIN SOLUTION has no // END SOLUTION after it')
})

test('nbgrader-init makes the course’s folder, and keeps a file that is there', async () => {
  const made = await socketlab(['grade', 'nbgrader-init', 'course "1"', '--timeout', '12'])
  expect(made).toMatchObject({ code: 0 })
  mkdirSync(join(folder, 'old'))
  const path = join(folder, 'old', 'nbgrader_config.py')
  writeFileSync(path, 'mine')
  const nowhere = await socketlab(['grade', 'nbgrader-init', '/proc/none/course'])
  expect(nowhere).toMatchObject({ code: 1, stderr: expect.stringContaining('cannot be written: ENOENT') })
  const { code, stderr } = await socketlab(['grade', 'nbgrader-init', 'old'])
  expect([code, stderr]).toEqual([1, expect.stringContaining('--force')])
  expect(await socketlab(['grade', 'nbgrader-init', 'old', '--force'])).toMatchObject({ code: 0 })
})
