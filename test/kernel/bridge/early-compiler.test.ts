import { once } from 'node:events'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { startCompiler } from '../../../kernel/bridge/compiler-process.ts'
import { callKernel, KERNEL_AT } from '../../../kernel/bridge/early-call.ts'
import { awaitEarly, startEarly } from '../../../kernel/bridge/early-compiler.ts'
import { compilerCommand, fromBundle } from '../../../kernel/bridge/snapshot.mjs'
import { root } from '../../runner/paths.ts'

const bundle = join(root, 'dist', 'kernel', 'compiler.cjs')

test('a compiler started early answers over its socket, and is replaced when it is stopped', async () => {
  let ended = ''
  const early = startEarly(bundle, [], (why) => {
    ended = why
  })
  if (!early) throw new Error('there is no snapshot: nothing is started early')
  const compiler = startCompiler({ command: early.command, fallback: fromBundle(bundle), early }, () => {})
  onTestFinished(() => compiler.close())
  // Asked before it has called.
  expect(await compiler.convert('let a = 1', 'cell [1]')).toMatchObject({ ok: true, declares: ['a'] })
  compiler.restart()
  expect(await compiler.convert('a.toFixed()', 'cell [2]')).toMatchObject({ ok: true })
  await expect.poll(() => ended).toBe('the compiler ended (SIGKILL)')
})

test('one that ends before it has called is replaced by the fallback', async () => {
  const { command } = compilerCommand(bundle)
  const early = { command, pid: 2 ** 22 + 1, name: 'socketlab-test-nobody', secret: 'x' }
  const compiler = startCompiler({ command, fallback: fromBundle(bundle), early }, () => {})
  onTestFinished(() => compiler.close())
  const answer = compiler.convert('const a: string = 1', 'cell [1]')
  compiler.earlyEnded('the compiler ended (3)')
  expect(await answer).toMatchObject({ ok: false, diagnostics: [{ code: 2322 }] })
})

test('who calls without the secret is turned away', async () => {
  const { connection, giveUp } = awaitEarly({ command: [], pid: 0, name: 'socketlab-test-secret', secret: 'right' })
  onTestFinished(giveUp)
  // As the compiler does, which calls again until somebody listens.
  const call = (word: string) =>
    new Promise<Socket>((resolve) => {
      vi.stubEnv(KERNEL_AT, `socketlab-test-secret ${word}`)
      callKernel((socket) => {
        onTestFinished(() => void socket.destroy())
        resolve(socket)
      })
      vi.unstubAllEnvs()
    })
  const wrong = await call('wrong')
  if (!wrong.closed) await once(wrong, 'close')
  const right = await call('right')
  const accepted = await connection
  accepted.write('frames')
  expect(String((await once(right, 'data'))[0])).toBe('frames')
})
