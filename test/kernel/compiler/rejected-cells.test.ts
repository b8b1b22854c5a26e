/** A name whose cell was refused: the cells that ask for it are told of that one. */
import { expect } from 'vitest'
import { test } from './notebook-fixture.ts'

test('the cell that would declare it is named, until one does', async ({ notebook }) => {
  const told = async (code: string) => {
    const answer = await notebook.convert(code)
    return answer.ok ? 'ok' : answer.diagnostics.map(({ message }) => message).join('\n')
  }
  const refused = `const server: number = "x"
const { host, ports: [first] } = { host: "localhost", ports: [80] }
function serve() {}
class Client {}
interface Peer { name: string }
import path, { sep, join as joined } from "node:path"
import * as tasks from "node:timers/promises"
import "node:os"`
  expect(await told(refused)).toContain("Type 'string' is not assignable to type 'number'")
  const uses = ['server.accept()', 'console.log(host)', 'first + 1', 'serve()', 'new Client()', 'let peer: Peer']
  for (const code of [...uses, 'path.sep', 'sep', 'joined("a")', 'tasks.setTimeout(1)'])
    expect(await told(code), code).toMatch(/cell \[1\], which declares `\w+`, was not run, for it has an error/)
  expect(await told('console.log(nothing)')).toContain('No cell that has run declares `nothing`')
  // A cell says nothing of itself.
  expect(await told('serv()\nlet mine = yours')).toContain('No cell that has run declares `yours`')
  expect(await told('mine')).toContain('which declares `mine`')
  // Although it is a word of Python's.
  expect(await told('const list = yours')).not.toBe('ok')
  expect(await told('list.push(1)')).toContain('which declares `list`')
  expect(await told('let serve = () => 1')).toBe('ok')
  expect(await told('serve()')).toBe('ok')
  expect(await told('const other: number = "x"')).not.toBe('ok')
  expect(await told('server')).toContain('cell [1], which declares `server`')
})
