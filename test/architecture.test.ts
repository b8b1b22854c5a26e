/**
 * Imports point one way. The table is the one of docs/architecture.md; a room that is not in it fails.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './runner/paths.ts'

const MAY_IMPORT: Record<string, readonly string[]> = {
  'kernel/protocol': [],
  'kernel/bridge': [],
  'kernel/wire': ['kernel/protocol'],
  'kernel/session': ['kernel/protocol', 'kernel/bridge', 'kernel/wire', 'kernel/display'],
  'kernel/compiler': ['kernel/bridge'],
  'kernel/display': [],
  'kernel/executor': ['kernel/bridge', 'kernel/display', 'src'],
  'kernel/client': ['kernel/protocol', 'kernel/wire'],
  'src/errors': [],
  'src/wait': ['src/errors'],
  'src/bytes': [],
  'src/socket': ['src/errors', 'src/wait', 'src/bytes'],
  'src/threading': ['src/errors', 'src/wait', 'src/socket'],
  'src/struct': [],
  'src/queue': ['src/threading'],
  'src/select': ['src/errors', 'src/wait', 'src/socket'],
  'src/socketserver': ['src/errors', 'src/wait', 'src/bytes', 'src/socket', 'src/threading', 'src/selectors'],
  'src/selectors': ['src/errors', 'src/wait', 'src/bytes', 'src/select'],
  'src/lab': ['src/errors', 'src/wait', 'src/bytes', 'src/socket', 'src/threading'],
  'src/notebook': ['kernel/client'],
  'src/grading': ['src/notebook', 'kernel/client', 'kernel/protocol', 'kernel/bridge'],
  'src/cli': ['src/notebook', 'src/grading', 'kernel/bridge'],
  // The front door.
  src: [
    'src/errors',
    'src/wait',
    'src/bytes',
    'src/socket',
    'src/struct',
    'src/threading',
    'src/queue',
    'src/select',
    'src/selectors',
    'src/socketserver',
    'src/lab',
  ],
}
/** Files that may do what their room may not. */
const ONLY_HERE: Record<string, readonly string[]> = { src: ['kernel/executor/preload.ts', 'kernel/executor/input.ts'] }

const files = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? files(path) : path.endsWith('.ts') ? [path] : []
  })

/** `kernel/session/handlers/x.ts` is in the room `kernel/session`; `src/index.ts` in `src`. */
const roomOf = (path: string): string => {
  const parts = relative(root, path).split(sep)
  return parts.length > 2 ? parts.slice(0, 2).join('/') : (parts[0] ?? '')
}

interface Arrow {
  from: string
  to: string
  file: string
}

const arrows: Arrow[] = [...files(join(root, 'kernel')), ...files(join(root, 'src'))].flatMap((path) => {
  const specifiers = [
    ...readFileSync(path, 'utf8').matchAll(/^(?:import|export)\b[^'";]*?\bfrom '(\.[^']+)'|^import '(\.[^']+)'/gm),
  ]
  return specifiers
    .map((match) => resolve(dirname(path), match[1] ?? match[2]!))
    .filter((target) => /\.m?[tj]s$/.test(target))
    .map((target) => ({ from: roomOf(path), to: roomOf(target), file: relative(root, path) }))
    .filter(({ from, to }) => from !== to)
})

test('there are arrows to check', () => {
  expect(arrows.length).toBeGreaterThan(50)
})

test('every import between rooms is one that the architecture allows', () => {
  const wrong = arrows.filter(({ from, to }) => !MAY_IMPORT[from]?.includes(to))
  expect(wrong.map(({ file, to }) => `${file} imports ${to}`)).toEqual([])
})

test('the kernel knows the library in the places named for it only', () => {
  const knows = new Set(
    arrows.filter(({ from, to }) => from.startsWith('kernel/') && to === 'src').map(({ file }) => file),
  )
  expect([...knows].sort()).toEqual([...ONLY_HERE.src!].sort())
})

test('no file of ours is longer than 300 lines, but for tables of constants', () => {
  const long = [...files(join(root, 'kernel')), ...files(join(root, 'src')), ...files(join(root, 'test'))]
    .filter((path) => !path.includes(`${sep}constants${sep}`) && readFileSync(path, 'utf8').split('\n').length > 301)
    .map((path) => relative(root, path))
  expect(long).toEqual([])
})
