/** In a program of its own, with the ten lines that V8 gives a stack: the program's line is among them. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const LIBRARY = fileURLToPath(new URL('../../../dist/socketlab.cjs', import.meta.url))

const CALLS: Record<string, string> = {
  recv: 'here.settimeout(0.01); await here.recv(1)',
  sendall: 'there.close(); await here.sendall(Buffer.alloc(3))',
  readline: "here.settimeout(0.01); await here.makefile('r').readline()",
  lines: "here.settimeout(0.01); for await (const line of here.makefile('r'));",
  'lines, bytes': "here.settimeout(0.01); for await (const line of here.makefile('rb'));",
  write: "there.close(); await here.makefile('wb').write(Buffer.alloc(300_000))",
  'write, text': "there.close(); await here.makefile('w').write('x'.repeat(300_000))",
  'write, in time': "here.settimeout(0.01); await here.makefile('wb').write(Buffer.alloc(3_000_000))",
  flush: "there.close(); const file = here.makefile('w'); await file.write('x'); await file.flush()",
  close: "there.close(); const file = here.makefile('w'); await file.write('x'); await file.close()",
}

// Of a file's write and of its lines there was nothing but this library's own.
test('the stack of an error shows the line that called, also below a file', async () => {
  const mine = Object.entries(CALLS).map(([name, code]) => `${JSON.stringify(name)}: async function mine() { ${code} }`)
  const program = `
    const { socket } = require(${JSON.stringify(LIBRARY)})
    let here, there
    ;(async () => {
      for (const [name, call] of Object.entries({ ${mine.join(', ')} })) {
        ;[here, there] = socket.socketpair()
        const { stack } = await call().catch((error) => error)
        if (!stack.includes('mine')) console.log(name, stack)
      }
      console.log(Error.stackTraceLimit)
      process.exit()
    })()`
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', program], { timeout: 20_000 })
  expect(stdout).toBe('10\n')
})
