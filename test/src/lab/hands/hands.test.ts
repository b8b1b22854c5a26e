/** `lab.answers` and `lab.interrupt`: hands for hire, in a real kernel and in plain Node. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test as plainTest } from 'vitest'
import { KeyboardInterrupt, lab, socket } from '../../../../src/index.ts'
import { plain, resultOf, test, textOf } from '../../../kernel/kernel-fixture.ts'
import { root } from '../../../runner/paths.ts'

const shown = (iopub: { content: Record<string, unknown> }[]) =>
  iopub.map(({ content }) => (content.data as Record<string, string> | undefined)?.['text/plain'] ?? '').join('\n')

describe('lab.answers', () => {
  test('answers in order where nobody types; prompt and answer are shown, marked as scripted', async ({ kernel }) => {
    const { iopub } = await kernel.execute(
      'lab.answers(["hello", "s3cret"]); [await input("You: "), await input("Password: ", { password: true })]',
    )
    expect(resultOf(iopub)).toBe("[ 'hello', 's3cret' ]")
    expect(textOf(iopub)).toBe('You: hello  (scripted)\nPassword: ••••••  (scripted)\n')
  })

  test('goes before a person, who is asked when there are none left', async ({ kernel }) => {
    const asked: string[] = []
    kernel.onInput((prompt) => {
      asked.push(prompt)
      return 'typed'
    })
    const { iopub } = await kernel.execute('lab.answers(["a"]); [await input("1 "), await input("2 ")]', {
      allow_stdin: true,
    })
    expect(resultOf(iopub)).toBe("[ 'a', 'typed' ]")
    expect(asked).toEqual(['2 '])
  })

  test('a thread of the cell is answered too; other tasks run on in the pause', async ({ kernel }) => {
    const { iopub } = await kernel.execute(`lab.answers(["x", "y"], { pause: 0.02 })
      let ticks = 0
      const ticking = setInterval(() => ticks++, 1)
      const got: string[] = []
      const thread = new threading.Thread({ target: async () => { got.push(await input("a "), await input("b ")) } })
      thread.start(); await thread.join(); clearInterval(ticking);
      [got, ticks > 0]`)
    expect(resultOf(iopub)).toBe("[ [ 'x', 'y' ], true ]")
  })

  test('what nobody asked for is dropped with the cell, and told', async ({ kernel }) => {
    const left = await kernel.execute('lab.answers(["one", "two"]); await input("? ")')
    expect(shown(left.iopub)).toContain('lab.answers: 1 answer was left, since no input() asked for it: "two"')
    const { reply } = await kernel.execute('await input("? ")')
    expect(plain((reply.content as { traceback: string[] }).traceback)).toContain('lab.answers(["…"]) can')
    const failed = await kernel.execute('lab.answers(["one"]); throw new Error("no")')
    expect(shown(failed.iopub)).toContain('1 answer was left')
    const tidy = await kernel.execute('{ using script = lab.answers(["one"]); script.left }')
    expect(shown(tidy.iopub)).not.toContain('left, since')
  })

  test('■ while it pauses', async ({ kernel }) => {
    const { reply } = await kernel.execute(
      'console.log("go"); lab.answers(["a"], { pause: 1000 }); await input("? ")',
      {
        onMessage: ({ header }) => void (header.msg_type === 'stream' && kernel.interrupt()),
      },
    )
    expect(reply.content).toMatchObject({ status: 'error', ename: 'KeyboardInterrupt' })
  })

  plainTest('is told what it takes', () => {
    expect(() => lab.answers('hello' as never)).toThrow('["hello", "quit"]')
    expect(() => lab.answers([1] as never)).toThrow(TypeError)
    expect(() => lab.answers([], { pause: -1 })).toThrow('pause is in seconds')
  })
})

describe('lab.interrupt', () => {
  for (const [what, wait] of [
    ['a wait of ours', 'using s = socket.createServer(["127.0.0.1", 0]); await s.accept()'],
    ['a promise that never comes', 'await new Promise(() => {})'],
    ['an endless loop', 'for (;;) {}'],
    ['input()', 'await input("? ")'],
  ] as const)
    test(`presses ■ in ${what}`, async ({ kernel }) => {
      kernel.onInput(() => new Promise(() => {}))
      const code = `lab.interrupt({ after: 0.05 }); ${wait}`
      const { reply } = await kernel.execute(code, { allow_stdin: true })
      expect(reply.content).toMatchObject({ status: 'error', ename: 'KeyboardInterrupt' })
      expect(resultOf((await kernel.execute('1 + 1')).iopub)).toBe('2')
    })

  test('a cell that catches it ends well, and the cells behind it run', async ({ kernel }) => {
    const code = `lab.interrupt({ after: 0.02 })
      try { await sleep(1000) } catch (error) { console.log(error instanceof KeyboardInterrupt) } finally { console.log("tidy") }`
    const behind = kernel.execute(code).then(() => kernel.execute('"behind"'))
    expect(resultOf((await behind).iopub)).toBe("'behind'")
    const { iopub } = await kernel.execute(code)
    expect(textOf(iopub)).toBe('true\ntidy\n')
  })

  test('a cell that has ended is left alone, and so are the next one and threads; a press can be taken back', async ({
    kernel,
  }) => {
    await kernel.execute('lab.interrupt({ after: 0.05 })')
    expect(resultOf((await kernel.execute('await sleep(0.15); "whole"')).iopub)).toBe("'whole'")
    const back = 'const press = lab.interrupt({ after: 0.02 }); press.cancel(); await sleep(0.1); "taken back"'
    expect(resultOf((await kernel.execute(back)).iopub)).toBe("'taken back'")
    const thread = `let woke = ""
      const t1 = new threading.Thread({ target: async () => { await sleep(0.1); woke = "by itself" } }); t1.start()
      lab.interrupt({ after: 0.02 }); try { await t1.join() } catch {}
      await t1.join(); woke`
    expect(resultOf((await kernel.execute(thread)).iopub)).toBe("'by itself'")
  })

  plainTest('in plain Node what the program waits for rejects', async () => {
    using server = socket.createServer(['127.0.0.1', 0])
    lab.interrupt({ after: 0.01 })
    await expect(server.accept()).rejects.toBeInstanceOf(KeyboardInterrupt)
    expect(() => lab.interrupt({ after: -1 })).toThrow('lab.interrupt({ after: 0.5 })')
    expect(() => lab.interrupt({ after: '1' as never })).toThrow(RangeError)
  })

  plainTest('in plain Node a check shows itself as text, and nothing of it keeps the program alive', async () => {
    const library = join(root, 'dist', 'socketlab.cjs')
    const code = `const { check, lab, socket, sleep } = require(${JSON.stringify(library)});
      (async () => { console.log(await check("Plain", 2, async (t) => {
        t.case("good", async () => { const { address } = await t.server((c) => c.sendall(Buffer.from("hi"))); const c = await t.connect(address); t.equal(await t.receiveAll(c), Buffer.from("hi")) })
        t.case("bad", { timeout: 0.1 }, async () => { await sleep(100) })
      })) })()`
    const { stdout, stderr } = await promisify(execFile)(process.execPath, ['-e', code], { timeout: 20_000 })
    expect(stderr).toBe('')
    expect(stdout).toMatch(
      /^Plain · 1 of 2 points\n\n {2}✓ good \(1 of 1\)\n {2}✗ bad \(0 of 1\)\n +It was not over after 0.1 s/,
    )
    expect(stdout).toMatch(/\n1\n$/)
  })
})
