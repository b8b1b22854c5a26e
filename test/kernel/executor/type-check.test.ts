/** `jupyter.typeCheck`: the switch that turns the checking of types off for a notebook, and on again. */
import { expect } from 'vitest'
import { kernelArgv, plain, resultOf, test } from '../kernel-fixture.ts'

test('off from the next cell on, and on again; what was declared meanwhile is known', async ({ kernel }) => {
  const run = async (code: string) => {
    const { reply, iopub } = await kernel.execute(code)
    return 'traceback' in reply.content ? plain(reply.content.traceback).split('\n')[0] : resultOf(iopub)
  }
  expect(await run('let n: number = "text"')).toContain('error TS2322')
  expect(await run('jupyter.typeCheck = false\njupyter.typeCheck')).toBe('false')
  expect(await run('let n: number = "text"\nconst s = socket.socket()\ns.close\nn')).toBe("'text'")
  expect(await run('function add(a, b) { return a + b }\nadd(1, 2)')).toBe('3')
  expect(await run('if (')).toContain('error TS1109')
  expect(await run('function f() { await 1 }')).toContain('error TS1308')
  expect(await run('jupyter.typeCheck = true')).toBe('true')
  expect(await run('n.trim()')).toContain("Property 'trim' does not exist on type 'number'")
  expect(await run('s.fileno() > 0 && add(2, 3)')).toBe('5')
  expect(await run('(jupyter as any).typeCheck = "off"')).toContain('jupyter.typeCheck is true or false')
})

test('SOCKETLAB_CHECK=off starts a kernel so', async ({ freshKernel }) => {
  const kernel = await freshKernel({ env: { ...process.env, SOCKETLAB_CHECK: 'off' } })
  const { iopub } = await kernel.execute('let n: number = "text"\n;[n, jupyter.typeCheck]')
  expect(resultOf(iopub)).toBe("[ 'text', false ]")
})

test('a kernel that was started for JavaScript says so', async ({ freshKernel }) => {
  const kernel = await freshKernel({ argv: [...kernelArgv, '--javascript'] })
  expect(kernel.info.language_info).toMatchObject({
    name: 'javascript',
    file_extension: '.js',
    mimetype: 'text/javascript',
  })
  const { iopub } = await kernel.execute('function add(a, b) { return a + b }\nadd(1, 2)')
  expect(resultOf(iopub)).toBe('3')
})
