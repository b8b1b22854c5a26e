/**
 * What lesson 3 does at the book's port, 50000: its two programs, started by hand in two terminals as it says, and the
 * cell that binds the port twice where another program has it. On a machine of its own, whose ports nobody else uses.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { root, venvPython } from '../runner/paths.ts'
import { runProgram } from '../runner/run-program.ts'
import { bare, noNamespaces } from './namespace.ts'
import { codeCells, lesson, lessons, outputsOf, readNotebook, textOf } from './notebook.ts'

const folder = mkdtempSync(join(tmpdir(), 'port-50000-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const source = lesson(lessons.find((path) => path.includes('/03-'))!)

/** A notebook of some of the lesson's cells, in the folder; how it is run. */
function notebookOf(name: string, ...ids: string[]): string[] {
  const path = join(folder, name)
  const cells = ids.map((id) => codeCells(source).find((cell) => cell.id === id)!)
  writeFileSync(path, JSON.stringify({ ...source, cells }))
  return [process.execPath, join(root, 'setup', 'socketlab.mjs'), 'run', '--inplace', path]
}

// The file of the server before is gone first: it says "listening", too.
const START = 'rm -f server.txt\n./node server.ts > server.txt 2>&1 &\nuntil grep -qs listening server.txt; do :; done'
const TERMINALS = `
./node client.ts > refused.txt 2>&1
${START}
./node client.ts > client.txt 2>&1
wait
tail -n +1 refused.txt server.txt client.txt
`
/** This client hangs up after the server, surely: it waits for the end. */
const ONCE_MORE = `
${START}
"$0" -c 'import socket; [*iter(lambda c=socket.create_connection(("127.0.0.1", 50000)): c.recv(99), b"")]'
wait
./node server.ts 2>&1
echo "ended: $?"
`

test('client and server in two terminals, in the wrong order, in the right one, and once more', {
  timeout: 120_000,
}, async (context) => {
  context.skip(noNamespaces !== undefined, noNamespaces)
  const [node, ...args] = notebookOf('terminals.ipynb', 'server-ts', 'client-ts', 'files', 'machinery-package')
  await runProgram(node!, args)
  const shell = (...command: string[]) => {
    const [file, all] = bare({}, 'sh', '-c', ...command)
    return runProgram(file, all, { cwd: join(folder, 'two-terminals'), timeout: 60_000 })
  }
  const [, refused, server, client] = (await shell(TERMINALS)).stdout.split(/^==> .* <==\n/m)
  expect(refused).toContain('Error: Connection refused. Is the server running?')
  expect(server).toMatch(
    /^Server is listening on 127\.0\.0\.1:50000\nClient Address \(addr\): \[ '127\.0\.0\.1', \d+ \]\n/,
  )
  expect(server).toContain('Connection closed. Server shutting down.')
  expect(client).toContain('Received (decoded): Hello, client! Connection established.')
  const again = (await shell(ONCE_MORE, venvPython)).stdout
  // As the lesson says: the line that begins with OSError, and what helps.
  expect(again).toMatch(/^OSError: \[Errno 98\] Address already in use: .*setsockopt\(SOL_SOCKET, SO_REUSEADDR, 1\)/m)
  expect(again).toMatch(/^ended: 1$/m)
})

const HOLDER = `
import socket, subprocess, sys
held = socket.create_server(('127.0.0.1', 50000))
sys.exit(subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode)
`

test('the cell that binds it twice survives another program there, and names it', {
  timeout: 120_000,
}, async (context) => {
  context.skip(noNamespaces !== undefined, noNamespaces)
  await runProgram(...bare({}, venvPython, '-c', HOLDER, ...notebookOf('taken.ipynb', 'taken-twice')))
  const [cell] = codeCells(readNotebook(join(folder, 'taken.ipynb')))
  const outputs = outputsOf(cell!)
  expect(outputs.map(({ output_type }) => output_type)).toEqual(['stream'])
  const lines = textOf(outputs[0]!.text).trim().split('\n')
  expect(lines).toEqual(
    ['first', 'second'].map((name) =>
      expect.stringMatching(
        new RegExp(
          `^${name}: \\[Errno 98\\] Address already in use: 127\\.0\\.0\\.1:50000 is taken: python\\S* \\(process \\d+\\) listens there`,
        ),
      ),
    ),
  )
})
