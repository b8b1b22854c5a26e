/** Functions whose names a later cell declares: where no types are checked, they run as in a script. */
import { expect } from 'vitest'
import type { Kernel } from '../../../kernel/client/kernel.ts'
import { kernelArgv, plain, resultOf, test } from '../kernel-fixture.ts'

const runIn = (kernel: Kernel) => async (code: string) => {
  const { reply, iopub } = await kernel.execute(code)
  return 'traceback' in reply.content ? plain(reply.content.traceback) : String(resultOf(iopub))
}

test('JavaScript: top-down, as people write; only what is certain to fail is refused', async ({ freshKernel }) => {
  const run = runIn(await freshKernel({ argv: [...kernelArgv, '--javascript'] }))
  await run('function main(n) { return helper(n) + offset }\nclass Late { both() { return { offset, helper } } }')
  const early = await run('main(2)')
  expect(early.split('\n').slice(0, 2)).toEqual([
    'ReferenceError: helper is not defined',
    '→ No cell that has run declares `helper`: run its cell first, or check the spelling.',
  ])
  await run('function look() { return fs.existsSync(".") }')
  expect((await run('look()')).split('\n')[1]).toBe(
    '→ No cell that has run declares `fs`: run its cell first, or check the spelling. Node\'s module: `const fs = require("node:fs")`.',
  )
  await run('function helper(n) { return n * 20 }')
  await run('const offset = 2')
  expect(await run('main(2)')).toBe('42')
  expect(await run('Object.keys(new Late().both())')).toBe("[ 'offset', 'helper' ]")
  await run('function helper(n) { return n * 100 }')
  expect(await run('main(2)')).toBe('202')
  expect(await run('globalThis.helper = () => 1; [helper(), main(0), typeof later]')).toBe("[ 1, 3, 'undefined' ]")
  // A global that is there stays what it is for whoever asks for it.
  expect(await run('const fetch = 5; [fetch, typeof globalThis.fetch]')).toBe("[ 5, 'function' ]")
  for (const certain of ['misspelt', '(() => misspelt)()', 'const f = function () {}, x = misspelt'])
    expect(await run(certain), certain).toContain("Cannot find name 'misspelt'")
})

test('TypeScript without its checks', async ({ freshKernel }) => {
  const run = runIn(await freshKernel({ env: { ...process.env, SOCKETLAB_CHECK: 'off' } }))
  await run('const main = (n: number): number => helper(n)')
  await run('const helper = (n: number) => n + 1')
  expect(await run('main(41)')).toBe('42')
})

test('TypeScript with them: the name is missed before anything runs, and cells put nothing on the global object', async ({
  kernel,
}) => {
  const run = runIn(kernel)
  expect(await run('const main = () => helperOfLater()')).toContain("Cannot find name 'helperOfLater'")
  expect(await run('const ownName = 1; "ownName" in globalThis')).toBe('false')
})
