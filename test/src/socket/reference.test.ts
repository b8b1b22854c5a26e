/** The reference is made from the docstrings: each public name has one, and a manual page or another source. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type PublicName, page, publicNames, sourceOf, undocumented } from '../../../docs/reference.ts'

const names = publicNames()
const full = ({ module, name }: PublicName) => (module ? `${module}.${name}` : name)

test('it finds what a program imports', () => {
  const found = new Set(names.map(full))
  for (const name of ['socket.socket', 'socket.Socket.recv', 'socket.AF_INET', 'threading.Thread.join', 'OSError']) {
    expect(found).toContain(name)
  }
  expect(names.length).toBeGreaterThan(1000)
})

test('every public name of every module has a docstring', () => {
  expect(undocumented(names).map(full)).toEqual([])
})

test('the program that writes the pages ends with an error where a docstring is missing, and here it does not', () => {
  const folder = mkdtempSync(join(tmpdir(), 'reference-'))
  const run = spawnSync(process.execPath, ['docs/reference.ts', folder], { encoding: 'utf8' })
  expect([run.stderr.replace(/^.*Warning.*$/gm, '').trim(), run.status]).toEqual(['', 0])
  expect(readdirSync(folder)).toContain('socket.md')
  rmSync(folder, { recursive: true })
  const bare: PublicName = { ...names.find(({ name }) => name === 'Socket.recv')!, text: '' }
  expect(undocumented([bare])).toEqual([bare])
})

test('every public name of socket has its manual page, or the document that it comes from', () => {
  const ours = names.filter(({ module }) => module === 'socket')
  expect(ours.filter((one) => sourceOf(one) === '').map(full)).toEqual([])
  // The calls themselves name their page.
  for (const call of ['recv', 'send', 'accept', 'connect', 'bind', 'listen', 'shutdown', 'close']) {
    const one = ours.find(({ name }) => name === `Socket.${call}`)!
    expect(sourceOf(one), call).toMatch(new RegExp(`${call === 'close' ? 'close' : call}\\(2\\)`))
  }
})

test('a page has a name’s signature, text, errors and example', () => {
  const text = page(
    'socket',
    names.filter(({ module }) => module === 'socket'),
  )
  const recv = text.slice(text.indexOf('### Socket.recv\n'), text.indexOf('### Socket.recvInto\n'))
  for (const part of [
    'recv(bufsize: number',
    'TCP has no messages',
    'ConnectionResetError',
    'await conn.recv(1024)',
    'recv(2)',
  ]) {
    expect(recv).toContain(part)
  }
})
