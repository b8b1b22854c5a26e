import { execFileSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root, venvPython } from '../runner/paths.ts'
import { readingMinutes } from './minutes.ts'
import { codeCells, isIgnored, lesson, lessons, nameOf, outputsOf, textOf } from './notebook.ts'

const VALIDATE = `
import nbformat, sys
for path in sys.argv[1:]:
    notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5), path
`

test('there are lessons, and each is a valid notebook of format 4.5', { timeout: 120_000 }, () => {
  expect(lessons.length).toBeGreaterThan(0)
  execFileSync(venvPython, ['-c', VALIDATE, ...lessons], { cwd: root })
})

describe.each(lessons)('%s', (path) => {
  const notebook = lesson(path)

  test('is for our kernel', () => {
    expect(notebook.metadata.kernelspec).toEqual({
      name: 'socketlab',
      display_name: 'TypeScript (socketlab)',
      language: 'typescript',
    })
    expect(notebook.metadata.language_info).toMatchObject({ name: 'typescript', file_extension: '.ts' })
  })

  test('each cell has an id of its own that says what it is about', () => {
    const ids = notebook.cells.map(({ id }) => String(id))
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids) expect(id).toMatch(/^[a-z][a-z0-9-]+$/)
  })

  test('opens with a title, what one can do afterwards, what one needs, and the minutes', () => {
    const first = textOf(notebook.cells[0]!.source)
    expect(first).toMatch(/^# /)
    for (const part of ['Afterwards you can', 'You need', 'minutes']) expect(first).toContain(part)
  })

  test('takes 20 to 45 minutes, and says so as the README does', () => {
    const [, minutes, exercises] = /About (\d+) minutes[^,]*, and (\d+) for the exercises\./
      .exec(textOf(notebook.cells[0]!.source))!
      .map(Number) as [number, number, number]
    expect(minutes).toBeGreaterThanOrEqual(20)
    expect(minutes).toBeLessThanOrEqual(45)
    expect(exercises).toBeLessThanOrEqual(45)
    // A few minutes for what is looked at twice.
    expect(readingMinutes(notebook)).toBeLessThanOrEqual(minutes)
    expect(readingMinutes(notebook)).toBeGreaterThan(minutes - 10)
    const readme = readFileSync(join(root, 'notebooks', 'README.md'), 'utf8')
    const row = readme.split('\n').find((line) => line.includes(`(lessons/${nameOf(path)}.ipynb)`))!
    expect(row.split('|').slice(-3, -1).map(Number)).toEqual([minutes, exercises])
  })

  test('switches the simulated internet on in its first code cell, and closes everything in its last', () => {
    const cells = codeCells(notebook)
    expect(textOf(cells[0]!.source)).toContain('lab.internet.start()')
    const last = cells.at(-1)!
    expect(textOf(last.source)).toContain('lab.closeAll()')
    // Compared with a new run by run.test.ts: nothing is left open.
    expect(isIgnored(last)).toBe(false)
    expect(textOf((outputsOf(last).at(-1)?.data as { 'text/plain'?: unknown })?.['text/plain'])).toBe(
      'No socket is open.',
    )
  })

  test('all cells were run, in order, and none failed', () => {
    const cells = codeCells(notebook)
    expect(cells.map(({ execution_count }) => execution_count)).toEqual(cells.map((_, at) => at + 1))
    const types = cells.flatMap(outputsOf).map((output) => output.output_type)
    expect(types).not.toContain('error')
    expect(types.length).toBeGreaterThan(0)
  })

  test('at most a third of the cells with outputs is not compared', () => {
    const shown = codeCells(notebook).filter((cell) => outputsOf(cell).length > 0)
    expect(shown.filter(isIgnored).length).toBeLessThanOrEqual(shown.length / 3)
  })

  test('holds no path of the machine it was made on, and nothing on stderr', () => {
    const text = readFileSync(join(root, path), 'utf8')
    expect(text).not.toMatch(/(?<![\w.])\/(home|root|Users|work|tmp|opt)\//)
    expect(text).not.toContain(root)
    const streams = codeCells(notebook)
      .flatMap(outputsOf)
      .map(({ name }) => name)
    expect(streams).not.toContain('stderr')
  })
})

test('what a person grades has a model answer and a marking guide beside the solutions', () => {
  const byHand = lessons.flatMap((path) =>
    lesson(path).cells.flatMap(({ metadata }) => {
      const grading = metadata.nbgrader as { grade: boolean; solution: boolean; grade_id: string } | undefined
      return grading?.grade && grading.solution ? [`${nameOf(path)} ${grading.grade_id}`] : []
    }),
  )
  const files = globSync('notebooks/solutions/*.md', { cwd: root })
  const guides = files.flatMap((file) =>
    readFileSync(join(root, file), 'utf8')
      .split(/^## /m)
      .slice(1)
      .map((part) => {
        expect(part).toMatch(/model answer[\s\S]*point/)
        return `${nameOf(file).replace(/\.md$/, '')} ${part.split('\n')[0]}`
      }),
  )
  expect(byHand.length).toBeGreaterThan(0)
  expect(guides.sort()).toEqual(byHand.sort())
})

describe('notebooks/README.md', () => {
  const readme = readFileSync(join(root, 'notebooks', 'README.md'), 'utf8')

  test('lists every lesson', () => {
    const linked = [...readme.matchAll(/\(lessons\/([\w-]+\.ipynb)\)/g)].map(([, file]) => `notebooks/lessons/${file}`)
    expect([...new Set(linked)].sort()).toEqual(lessons)
  })

  test('maps each part of the documents to cells that exist', () => {
    const ids = new Set(
      lessons.flatMap((path) => lesson(path).cells.map(({ id }) => `${nameOf(path).slice(0, 2)}:${id}`)),
    )
    const rows = readme.slice(readme.indexOf('### Document')).split('\n')
    const mapping = rows.filter((row) => row.startsWith('| ') && !/^\| (part of|---)/.test(row))
    expect(mapping.length).toBeGreaterThan(0)
    for (const row of mapping) {
      const named = [
        ...row
          .split('|')
          .at(-2)!
          .matchAll(/`([^`]+)`/g),
      ].map(([, id]) => id!)
      expect(named, row).not.toEqual([])
      for (const id of named) expect(ids).toContain(id)
    }
  })
})
