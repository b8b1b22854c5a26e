/** The names that a notebook has without an import: values, types and namespaces, unless a cell declares them itself. */

import { readFileSync } from 'node:fs'
import { describe, expect } from 'vitest'
import { Notebook, root, startCompiler } from './client.ts'
import { test } from './notebook-fixture.ts'

/** Cells that must be accepted, one after another in a notebook of their own. */
const ACCEPTED: Record<string, string[]> = {
  'as values': [
    'socket.socket().fileno().toFixed()',
    'new threading.Event().set()',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a cell's code
    'bytes`a${1}`.length + repr("x").length',
    'await sleep(0.1)',
    '(await input("You: ")).trim()',
  ],
  'as namespaces of types': [
    'function serve(conn: socket.Socket, ready: threading.Event, address: socket.Address) {}',
    'let s: socket.socket | undefined',
  ],
  'as classes of errors': [
    'try { throw 1 } catch (e) { if (e instanceof TimeoutError) e.errno; else if (e instanceof socket.gaierror) e.message }',
    'const x = new OSError("m"); x.errno',
    'let o: KeyboardInterrupt | undefined',
  ],
  'imported by name': [
    'import { socket, threading, bytes } from "socketlab"\nconst s: socket.Socket = socket.socket()\nnew threading.Lock()',
    'let e: threading.Event | undefined',
    's.fileno().toFixed()',
  ],
  "Node's own, which its types leave out": [
    'const wasm = new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))',
    'const { add } = new WebAssembly.Instance(wasm).exports',
    'const made = await WebAssembly.instantiate(new Uint8Array(8), { env: { log: console.log } }); made.instance.exports.add(1)',
  ],
  'hidden by a value': ['const socket = 5', 'socket.toFixed()', 'const bytes = "b"; bytes.length'],
  'hidden by a class, its type included': [
    'class OSError { mine = 1 }',
    'const e: OSError = new OSError(); e.mine',
    'class Thread {}; new Thread()',
  ],
  'hidden by an import': [
    'import * as socket from "node:net"',
    'const s: socket.Socket | undefined = undefined; socket.createServer',
  ],
  'hidden by a function': [
    'function input(n: number) { return n }',
    'input(3).toFixed()',
    'function repr() {}',
    'repr()',
  ],
}

describe.each(['living', 'plain'] as const)('%s', (mode) => {
  test('names without an import', async () => {
    const client = await startCompiler({ mode })
    const refused: Record<string, string> = {}
    for (const [title, cells] of Object.entries(ACCEPTED)) {
      const notebook = new Notebook(client)
      for (const code of cells) {
        const answer = await notebook.convert(code)
        if (!answer.ok) refused[`${title}: ${code}`] = answer.diagnostics.map(({ message }) => message).join()
      }
    }
    expect(refused).toEqual({})
    await client.stop()
  })
})

test('their types are checked', async ({ notebook }) => {
  const messages: string[] = []
  for (const code of [
    'socket.socket(1, 2, "x")',
    'let e: threading.Event = 4',
    'const s: socket.Socket = socket',
    'let o: OSError = new Error()',
  ]) {
    const answer = await notebook.convert(code)
    messages.push(answer.ok ? 'accepted' : (answer.diagnostics[0]?.message.split('\n')[0] ?? ''))
  }
  expect(messages).toEqual([
    'No overload matches this call.',
    "Type 'number' is not assignable to type 'Event'.",
    "Type 'typeof socket' is missing the following properties from type 'Socket': family, type, proto, bind, and 20 more.",
    "Type 'Error' is missing the following properties from type 'OSError': errno, code",
  ])
})

test('their namespace is no property of exports', async ({ notebook }) => {
  const answer = await notebook.convert('socket.socket()')
  expect(answer).toMatchObject({ ok: true, javascript: expect.stringContaining('= socket.socket()') })
})

test("the documents' examples", async ({ compiler }) => {
  const cells = readFileSync(`${root}/test/kernel/compiler/types/examples.ts.txt`, 'utf8').split(/^(?=\/\/ \d{3})/m)
  const notebook = new Notebook(compiler)
  const refused: string[] = []
  for (const code of cells) {
    const answer = await notebook.convert(code)
    if (!answer.ok) refused.push(...answer.diagnostics.map(({ message, frame }) => `${message}\n${frame}`))
  }
  expect(refused).toEqual([])
})

test('the declarations of src/, as they are built', async () => {
  const client = await startCompiler({ env: { SOCKETLAB_TYPES: `${root}/dist/types/src` } })
  const notebook = new Notebook(client)
  const cells = [
    'const sock: socket.Socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)\nconst [host, port] = socket.socket().getsockname()\nport.toFixed() + host.trim()',
    'async function serve(server: socket.Socket, ready: threading.Event) { ready.set(); const [conn] = await server.accept(); using held = conn; for await (const chunk of conn.chunks(1024)) await conn.sendall(chunk) }',
    'new threading.Thread({ target: serve, args: [sock, new threading.Event()], daemon: true })',
    'try { await sock.recv(1) } catch (error) { if (error instanceof TimeoutError) console.log(error.errno) }',
    'display.html("<b>x</b>")\nawait jupyter.display(1)',
    'import { socket as s2 } from "socketlab"\nconst same: typeof socket = s2',
    'import * as tslab from "tslab"\ntslab.newDisplay().text("x")',
    'repr(bytes`x`).length',
  ]
  for (const code of cells) expect(await notebook.convert(code), code).toMatchObject({ ok: true })
  expect(await notebook.convert('sock.recv(1)')).toMatchObject({ ok: false, diagnostics: [{ code: 0 }] })
  await client.stop()
})
