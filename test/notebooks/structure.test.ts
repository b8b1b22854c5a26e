import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root, venvPython } from '../runner/paths.ts'
import { codeCells, isIgnored, lesson, lessons, nameOf, outputsOf, textOf } from './notebook.ts'

const VALIDATE = `
import nbformat, sys
for path in sys.argv[1:]:
    notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5), path
`

test('there are lessons, and each is a valid notebook of format 4.5', () => {
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

  test('switches the simulated internet on in its first code cell, and closes everything in its last', () => {
    const sources = codeCells(notebook).map(({ source }) => textOf(source))
    expect(sources[0]).toContain('lab.internet.start()')
    expect(sources.at(-1)).toContain('lab.closeAll()')
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
