/**
 * With the simulated internet switched off, the same cells ask the system: its resolver finds the names, and its network
 * is dialled. On a machine of nothing but its loopback, so that no packet leaves it: the resolver's file of hosts leads
 * to addresses of that machine, and its name server is a program on it.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ICodeCell, INotebookContent } from '@jupyterlab/nbformat'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root, venvPython } from '../runner/paths.ts'
import { runProgram } from '../runner/run-program.ts'
import { bare, noNamespaces } from './namespace.ts'
import { codeCells, lesson, lessons, nameOf, outputsOf, readNotebook, textOf } from './notebook.ts'

const folder = mkdtempSync(join(tmpdir(), 'real-internet-'))
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

/** Cells of lessons 1 and 6, with the line in between that the lesson tells the reader to run. */
const CELLS = [
  '01:internet-start',
  'off',
  '01:phone-call',
  '01:host-names',
  '01:addresses',
  '06:resolve-address',
  '06:resolve-fails',
]

function notebook(): INotebookContent {
  const cells = CELLS.map((place): ICodeCell => {
    const [name, id] = place === 'off' ? ['01', 'internet-real'] : (place.split(':') as [string, string])
    const cell = lesson(lessons.find((each) => nameOf(each).startsWith(name))!).cells.find((each) => each.id === id)!
    const source =
      place === 'off' ? /run `(await lab\.internet\.stop\(\))`/.exec(textOf(cell.source))![1]! : cell.source
    return {
      cell_type: 'code',
      id: place.replace(':', '-'),
      metadata: {},
      source,
      outputs: [],
      execution_count: null,
    } as ICodeCell
  })
  return { ...lesson(lessons[0]!), cells }
}

/** Keeps what it is asked, and answers that it knows no such name: RFC 1035, section 4.1. */
const NAME_SERVER = `
import socket, subprocess, sys, threading
web = socket.create_server(('127.8.8.8', 80))
def serve():
    while True:
        conn, _ = web.accept()
        while b'\\r\\n\\r\\n' not in conn.recv(4096): pass
        conn.sendall(b'HTTP/1.1 200 OK\\r\\nServer: not simulated\\r\\n\\r\\n')
        conn.close()
def answer():
    dns = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    dns.bind(('127.0.0.1', 53))
    while True:
        question, client = dns.recvfrom(512)
        name, at = [], 12
        while question[at]:
            name.append(question[at + 1:at + 1 + question[at]].decode()); at += 1 + question[at]
        print('asked:', '.'.join(name), file=sys.stderr, flush=True)
        dns.sendto(question[:2] + b'\\x81\\x83' + question[4:6] + bytes(6) + question[12:], client)
for work in serve, answer: threading.Thread(target=work, daemon=True).start()
sys.exit(subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode)
`

let shown: Record<string, string> = {}
let asked: string[] = []
beforeAll(async () => {
  if (noNamespaces) return
  const hosts = file('hosts', '127.8.8.8 www.google.com\n127.9.9.9 www.github.com\n127.0.0.1 localhost\n')
  const resolvConf = file('resolv.conf', 'nameserver 127.0.0.1\noptions timeout:2 attempts:1\n')
  const source = file('lesson.ipynb', JSON.stringify(notebook()))
  const target = join(folder, 'run.ipynb')
  const cli = [process.execPath, join(root, 'setup', 'socketlab.mjs'), 'run', source, '--output', target]
  const { stderr } = await runProgram(...bare({ hosts, resolvConf }, venvPython, '-c', NAME_SERVER, ...cli))
  asked = [...stderr.matchAll(/^asked: (.*)$/gm)].map(([, name]) => name!)
  shown = Object.fromEntries(
    codeCells(readNotebook(target)).map((cell) => [
      String(cell.id),
      outputsOf(cell)
        .map(({ text, data, evalue }) => textOf(text ?? (data as { 'text/plain'?: unknown })?.['text/plain'] ?? evalue))
        .join('\n'),
    ]),
  )
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('a name of the simulated internet is looked up by the system, and its address is dialled', (context) => {
  context.skip(noNamespaces !== undefined, noNamespaces)
  expect(shown['01-internet-start']).toContain('www.google.com')
  expect(shown['01-phone-call']).toContain("connected to [ '127.8.8.8', 80 ]")
  expect(shown['01-phone-call']).toContain('Server: not simulated')
  expect(shown['01-host-names']).toContain("GitHub's IP address: 127.9.9.9")
  expect(shown['01-addresses']).toBe("AF_INET SOCK_STREAM [ '127.8.8.8', 80 ]\n")
})

test('a name that is in no file is asked of the name server, and nobody else', (context) => {
  context.skip(noNamespaces !== undefined, noNamespaces)
  expect(asked).toContain('nosuch.example')
  expect(new Set(asked)).toEqual(new Set(['nosuch.example', 'exmaple.com']))
  expect(shown['06-resolve-fails']!.match(/DNS resolution failed: .*Name or service not known/g)).toHaveLength(2)
})
