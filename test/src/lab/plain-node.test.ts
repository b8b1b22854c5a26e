import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { root } from '../../runner/paths.ts'

const run = promisify(execFile)
const library = join(root, 'dist', 'socketlab.cjs')

/** Runs the lines as a program of their own, with `socket` and `lab` at hand. */
function program(lines: string) {
  const code = `const { socket, lab } = require(${JSON.stringify(library)});\n(async () => {${lines}})()`
  return run(process.execPath, ['-e', code], { timeout: 10_000 })
}

test('the simulated internet does not keep a program alive, on or off', async () => {
  const on = await program(`await lab.internet.start(); console.log('end')`)
  expect(on).toEqual({ stdout: 'end\n', stderr: '' })
  const off = await program(`
    await lab.internet.start()
    const sock = await socket.createConnection(['www.example.com', 80], { timeout: 5 })
    await lab.internet.stop()
    sock.close()
    console.log('end')`)
  expect(off).toEqual({ stdout: 'end\n', stderr: '' })
})

test('a program that waits for an answer from it gets the answer', async () => {
  const { stdout } = await program(`
    await lab.internet.start()
    const sock = await socket.createConnection(['daytime.example', 13], { timeout: 5 })
    console.log((await sock.recv(100)).toString().includes('GMT'))
    sock.close()`)
  expect(stdout).toBe('true\n')
})
