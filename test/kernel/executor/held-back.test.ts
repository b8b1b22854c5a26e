/** A name that is asked for before its declaration has run, by a function or a method that is called too early. */
import { expect } from 'vitest'
import { resultOf, test, textOf } from '../kernel-fixture.ts'

const early: [what: string, code: string, name: string][] = [
  ['a function that is declared below', 'start()\nconst port = 5000\nfunction start() { return port }', 'port'],
  [
    'through two functions',
    'one()\nfunction one() { return two() }\nfunction two() { return later }\nlet later = 1',
    'later',
  ],
  ['an arrow function', 'const read = () => size\nread()\nconst size = 2', 'size'],
  ['a method', 'class Box { get() { return kept } }\nnew Box().get()\nlet kept = 3', 'kept'],
  ['a class', 'make()\nfunction make() { return new Thing() }\nclass Thing {}', 'Thing'],
  [
    'after a wait',
    'await go()\nasync function go() { await sleep(0.001); return config.port }\nconst config = { port: 1 }',
    'config',
  ],
  ['its own value asks for it', 'const whole = parts()\nfunction parts(): unknown { return whole }', 'whole'],
  ['in a pattern', 'ask()\nfunction ask() { return second }\nconst [first, second] = [1, 2]', 'second'],
]
for (const [what, code, name] of early)
  test(`asked for too early throws, as in JavaScript: ${what}`, async ({ kernel }) => {
    const { reply } = await kernel.execute(code)
    expect(reply.content).toMatchObject({
      ename: 'ReferenceError',
      evalue: `Cannot access '${name}' before initialization`,
    })
    const told = (reply.content as { traceback: string[] }).traceback.join('\n')
    expect(told).toContain(`→ \`${name}\` gets its value further down`)
    expect(told).not.toContain('executor')
    // Mended, it runs; what the first attempt has left behind does not count.
    const lines = code.split('\n')
    const declaration = lines.findIndex((line) => new RegExp(`^(?:const|let|class) .*\\b${name}\\b`).test(line))
    if (declaration === 0) return
    const mended = [lines[declaration], ...lines.filter((_, at) => at !== declaration)].join('\n')
    expect((await kernel.execute(mended)).reply.content).toMatchObject({ status: 'ok' })
  })

test('who asks in time gets the value, also in a loop', async ({ kernel }) => {
  const { iopub } = await kernel.execute(
    'const add = (n: number) => { sum += n }\nlet sum = 0\nfor (let i = 0; i < 1000; i++) add(i)\nsum',
  )
  expect(resultOf(iopub)).toBe('499500')
  expect(resultOf((await kernel.execute('sum = 1\nadd(1)\nsum')).iopub)).toBe('2')
})

test('a name that an earlier cell has given a value keeps it until then', async ({ kernel }) => {
  await kernel.execute('let running = true')
  const { iopub } = await kernel.execute('const look = () => running\nconsole.log(look())\nlet running = false\nlook()')
  expect(textOf(iopub)).toBe('true\n')
  expect(resultOf(iopub)).toBe('false')
})

test('what never got a value is gone with its cell', async ({ kernel }) => {
  await kernel.execute('const read = () => missing\nthrow new Error("before it")\nconst missing = 1')
  expect((await kernel.execute('typeof missing')).reply.content).toMatchObject({ status: 'ok' })
})
