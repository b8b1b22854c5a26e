import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const run = promisify(execFile)
const threading = new URL('../../../src/threading/index.ts', import.meta.url).href

/** Runs the lines as a program of their own, with `threading` at hand. */
function program(lines: string) {
  const code = `import * as threading from '${threading}'\n${lines}`
  return run(process.execPath, ['--input-type=module-typescript', '-e', code], { timeout: 10_000 })
}

test('a daemon thread does not keep a program alive, and it ends without complaint', async () => {
  const { stdout, stderr } = await program(`
    new threading.Thread({ target: () => new threading.Event().wait(), daemon: true }).start()
    console.log('end')`)
  expect({ stdout, stderr }).toEqual({ stdout: 'end\n', stderr: '' })
})

test('any other thread does, until it has ended', async () => {
  const { stdout } = await program(`
    const stop = new threading.Event()
    new threading.Thread({ target: async () => { await stop.wait(0.1); console.log('thread ends') } }).start()
    console.log('main ends')`)
  expect(stdout).toBe('main ends\nthread ends\n')
})

test('a program that waits for its daemon thread lives as long', async () => {
  const { stdout } = await program(`
    const thread = new threading.Thread({ target: () => new Promise((r) => setTimeout(r, 100).unref()), daemon: true })
    setTimeout(() => {}, 200) // the timer above does not count
    thread.start()
    await thread.join()
    console.log('joined')`)
  expect(stdout).toBe('joined\n')
})

test('an error in a thread goes to stderr with the name of the thread, and the program goes on', async () => {
  const { stdout, stderr } = await program(`
    const thread = new threading.Thread({ target: function serve() { throw new RangeError('too far') } })
    thread.start()
    await thread.join()
    console.log('still here')`)
  expect(stdout).toBe('still here\n')
  expect(stderr).toMatch(/^Exception in thread Thread-1 \(serve\):\nRangeError: too far\n/)
})
