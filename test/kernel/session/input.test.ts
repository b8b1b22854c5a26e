import { expect, onTestFinished } from 'vitest'
import { Dealer } from 'zeromq'
import { encode, headerMaker } from '../../../kernel/protocol/codec.ts'
import { endpoint } from '../../../kernel/protocol/connection-file.ts'
import type { Message } from '../../../kernel/protocol/messages.ts'
import { nextIopub, resultOf, test, textOf } from '../kernel-fixture.ts'

const allowed = { allow_stdin: true }

test('two threads that ask at the same time each get their own answer, in whichever order they come', async ({
  kernel,
}) => {
  const asked: { prompt: string; answer(value: string): void }[] = []
  const both = Promise.withResolvers<void>()
  kernel.onInput((prompt) => {
    const { promise, resolve } = Promise.withResolvers<string>()
    if (asked.push({ prompt, answer: resolve }) === 2) both.resolve()
    return promise
  })
  const asking = kernel.execute(
    `const answers: string[] = []
const askers = ["first", "second"].map((name) =>
  new threading.Thread({ target: async () => { answers.push(name + ": " + await input(name)) } }))
for (const asker of askers) asker.start()
for (const asker of askers) await asker.join()
answers`,
    allowed,
  )
  await both.promise
  expect(asked.map(({ prompt }) => prompt)).toEqual(['first', 'second'])
  asked[1]!.answer('B')
  asked[0]!.answer('A')
  const answers = resultOf((await asking).iopub)
  expect(answers).toContain('first: A')
  expect(answers).toContain('second: B')
})

test('a thread may ask when its cell has ended, also while a later cell runs', async ({ kernel }) => {
  const release = Promise.withResolvers<string>()
  const asked = Promise.withResolvers<string>()
  kernel.onInput((prompt) => {
    asked.resolve(prompt)
    return release.promise
  })
  const late = nextIopub(kernel, ({ content }) => content.text === 'late: here\n')
  const first = await kernel.execute(
    `const gate = Promise.withResolvers<void>()
new threading.Thread({ daemon: true, target: async () => {
  await gate.promise
  console.log("late:", await input("Late? "))
} }).start()`,
    allowed,
  )
  const later = kernel.execute('gate.resolve(); await sleep(0.1); "later"')
  expect(await asked.promise).toBe('Late? ')
  release.resolve('here')
  expect((await late).parentHeader).toEqual(first.reply.parentHeader)
  expect(textOf((await later).iopub)).toBe('')
})

test('what is typed into the box of a stopped cell is not taken for the answer to the next question', async ({
  kernel,
}) => {
  const stale = Promise.withResolvers<string>()
  kernel.onInput(() => {
    void kernel.interrupt()
    return stale.promise
  })
  expect((await kernel.execute('await input("one ")', allowed)).reply.content.status).toBe('error')
  kernel.onInput(async () => {
    stale.resolve('stale')
    await stale.promise
    // The kernel has the stale answer before the fresh one: both go over the stdin channel, in this order.
    return 'fresh'
  })
  expect(resultOf((await kernel.execute('await input("two ")', allowed)).iopub)).toBe("'fresh'")
})

test('what is typed into a box of the kernel before a restart answers nothing of the new one', async ({ kernel }) => {
  const { connection } = kernel.process
  const stdin = new Dealer({ linger: 0, routingId: 'a page' })
  const shell = new Dealer({ linger: 0, routingId: 'a page' })
  for (const [socket, channel] of [
    [stdin, 'stdin'],
    [shell, 'shell'],
  ] as const) {
    socket.connect(endpoint(connection, channel))
    onTestFinished(() => socket.close())
  }
  const newHeader = headerMaker('page')
  const send = (socket: Dealer, type: string, parentHeader: Message['parentHeader'], content: object) =>
    socket.send(
      encode(
        { identities: [], header: newHeader(type), parentHeader, metadata: {}, content, buffers: [] },
        connection.key,
      ),
    )
  const value = nextIopub(kernel, ({ header }) => header.msg_type === 'execute_result')
  await send(shell, 'execute_request', {}, { ...allowed, code: 'await input("Name? ")' })
  await stdin.receive()
  await send(stdin, 'input_reply', headerMaker('the kernel before')('input_request'), { value: 'stale' })
  await send(stdin, 'input_reply', {}, { value: 'fresh' })
  expect(((await value).content.data as Record<string, unknown>)['text/plain']).toBe("'fresh'")
})

test('an answer that is no text is one all the same', async ({ kernel }) => {
  for (const [value, text] of [
    [5, "'5'"],
    [null, "''"],
    [undefined, "''"],
    [{ a: 1 }, "''"],
  ] as [unknown, string][]) {
    kernel.onInput(() => value as string)
    expect(resultOf((await kernel.execute('await input()', allowed)).iopub), String(value)).toBe(text)
  }
})

test('Ctrl-D in a console, which sends \\x04 for it, ends the question with an EOFError', async ({ kernel }) => {
  kernel.onInput(() => '\u0004')
  const { reply } = await kernel.execute('await input("Name? ")', allowed)
  expect(reply.content).toMatchObject({ status: 'error', ename: 'EOFError' })
  const caught = 'await input().catch((error: Error) => error.name)'
  expect(resultOf((await kernel.execute(caught, allowed)).iopub)).toBe("'EOFError'")
  kernel.onInput(() => 'x\u0004')
  expect(resultOf((await kernel.execute('await input()', allowed)).iopub)).toBe("'x\\x04'")
})

test('of two clients each answers what it was asked itself, in whichever order, and nothing else', async ({
  kernel,
}) => {
  const { connection } = kernel.process
  const asks = { ...allowed, code: 'await input("Theirs? ")' }
  const newHeader = headerMaker('other')
  const frames = (type: string, content: object) =>
    encode(
      { identities: [], header: newHeader(type), parentHeader: {}, metadata: {}, content, buffers: [] },
      connection.key,
    ) as string[]
  const [shell, stdin] = (['shell', 'stdin'] as const).map((channel) => {
    const socket = new Dealer({ linger: 0, routingId: 'another client' })
    socket.connect(endpoint(connection, channel))
    onTestFinished(() => socket.close())
    return socket
  }) as [Dealer, Dealer]

  const mine = Promise.withResolvers<string>()
  const asked = Promise.withResolvers<void>()
  kernel.onInput(() => {
    asked.resolve()
    return mine.promise
  })
  const got = nextIopub(kernel, ({ content }) => String(content.text).startsWith('mine: '))
  await kernel.execute(
    'new threading.Thread({ daemon: true, target: async () => console.log("mine:", await input("Mine? ")) }).start()',
    allowed,
  )
  await asked.promise
  // Who was not asked yet answers nothing.
  await stdin.send(frames('input_reply', { value: 'an intruder' }))
  await shell.send(frames('execute_request', asks))
  await stdin.receive()
  const value = nextIopub(kernel, ({ header }) => header.msg_type === 'execute_result')
  // Clients of Python name no question.
  await stdin.send(frames('input_reply', { value: 'theirs' }))
  expect(((await value).content.data as Record<string, unknown>)['text/plain']).toBe("'theirs'")
  mine.resolve('mine')
  expect((await got).content.text).toBe('mine: mine\n')
})

test('who reads process.stdin is told how to ask, once a cell', async ({ kernel }) => {
  const told = async (code: string) =>
    (await kernel.execute(code)).iopub
      .filter(({ header }) => header.msg_type === 'display_data')
      .map(({ content }) => (content.data as Record<string, unknown>)['text/plain'])
  const once = [expect.stringContaining('await input(')]
  const lines =
    'import * as readline from "node:readline"\nimport { stdin } from "node:process"\nconst asker = readline.createInterface({ input: stdin, output: process.stdout })\nasker.question("Name? ", () => {})'
  expect(await told(lines)).toEqual(once)
  expect(await told('for await (const data of process.stdin) console.log(data)')).toEqual(once)
  expect(await told('process.stdin.isTTY')).toEqual([])
})
