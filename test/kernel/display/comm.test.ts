import { expect } from 'vitest'
import type { Kernel } from '../../../kernel/client/kernel.ts'
import { nextIopub, resultOf, test } from '../kernel-fixture.ts'

const comms = async (kernel: Kernel, target_name?: string) =>
  (await kernel.request('comm_info_request', target_name === undefined ? {} : { target_name })).reply.content.comms

test('a cell opens a comm, sends buffers, hears the client’s answer, and closes', async ({ kernel }) => {
  const opened = nextIopub(kernel, ({ header }) => header.msg_type === 'comm_open')
  const sent = nextIopub(kernel, ({ header }) => header.msg_type === 'comm_msg')
  await kernel.execute(`
const widget = jupyter.comms.open("jupyter.widget", { state: { n: 1 } }, { metadata: { version: "2.1.0" } })
widget.onMessage(({ data, buffers }) => { console.log("heard", data.n, buffers.map((one) => [...one])) })
widget.send({ method: "update" }, { buffers: [new Uint8Array([7, 8])] })`)
  const { content, metadata } = await opened
  expect(content).toMatchObject({ target_name: 'jupyter.widget', data: { state: { n: 1 } } })
  expect(metadata).toEqual({ version: '2.1.0' })
  expect((await sent).buffers.map((one) => [...one])).toEqual([[7, 8]])
  const id = String(content.comm_id)
  expect(await comms(kernel)).toEqual({ [id]: { target_name: 'jupyter.widget' } })
  expect(await comms(kernel, 'another')).toEqual({})

  const heard = nextIopub(kernel, ({ header }) => header.msg_type === 'stream')
  const idle = kernel.tell('comm_msg', { comm_id: id, data: { n: 5 } }, [new Uint8Array([9])])
  expect((await heard).content.text).toBe('heard 5 [ [ 9 ] ]\n')
  await idle
  const closed = nextIopub(kernel, ({ header }) => header.msg_type === 'comm_close')
  await kernel.execute('widget.close()')
  await closed
  expect(await comms(kernel)).toEqual({})
})

test('buffers of every kind arrive as bytes, and what is none is refused', async ({ kernel }) => {
  const sent: number[][][] = []
  const stop = kernel.onIopub(({ header, buffers }) => {
    if (header.msg_type === 'comm_msg') sent.push(buffers.map((one) => [...one]))
  })
  // As in untyped code. A DataView was the last thing that the kernel ever published.
  const send = (list: string) =>
    kernel.execute(`jupyter.comms.open("t").send({}, { buffers: ${list} as unknown as Uint8Array[] })`)
  await send('[new DataView(new Uint8Array([1, 2, 3]).buffer, 1), new Uint16Array([4]), new ArrayBuffer(1)]')
  await send('[new Uint8Array(new SharedArrayBuffer(2)), Buffer.from("abc").subarray(1)]')
  for (const [wrong, kind] of [
    ['["text"]', 'a buffer is a Uint8Array or another view of bytes, not string'],
    ['5', 'buffers is a list, such as [bytes], not number'],
  ] as const)
    expect((await send(wrong)).reply.content).toMatchObject({ status: 'error', evalue: kind })
  stop()
  for (const id of Object.keys((await comms(kernel)) as object)) await kernel.tell('comm_close', { comm_id: id })
  expect(sent).toEqual([
    [[2, 3], [4, 0], [0]],
    [
      [0, 0],
      [98, 99],
    ],
  ])
})

test('the client opens a comm to a registered target; an unknown one is closed at once', async ({ kernel }) => {
  await kernel.execute('jupyter.comms.register("echo", (comm, { data }) => { comm.send({ back: data.text }) })')
  const answer = nextIopub(kernel, ({ header }) => header.msg_type === 'comm_msg')
  await kernel.tell('comm_open', { comm_id: 'c1', target_name: 'echo', data: { text: 'hi' } })
  expect((await answer).content).toEqual({ comm_id: 'c1', data: { back: 'hi' } })
  const closed = nextIopub(kernel, ({ header }) => header.msg_type === 'comm_close')
  await kernel.tell('comm_open', { comm_id: 'c2', target_name: 'nobody', data: {} })
  expect((await closed).content.comm_id).toBe('c2')
  expect(Object.keys((await comms(kernel)) as object)).toEqual(['c1'])
})

test('what is no message is refused where it is sent: broadcast("x", null) ended the kernel', async ({ kernel }) => {
  for (const [call, message] of [
    ['broadcast("x", null)', "a message's content is an object, such as { n: 1 }, not null"],
    ['broadcast(5, {})', "a message's type is a string, not number"],
    ['broadcast("x", {}, { metadata: [] })', "a message's metadata is an object, such as { n: 1 }, not a list"],
    ['comms.open("t", 5)', "a comm's data is an object, such as { n: 1 }, not number"],
  ] as const) {
    const { reply } = await kernel.execute(`// @ts-nocheck\nawait jupyter.${call}`)
    expect(reply.content).toMatchObject({ status: 'error', ename: 'TypeError', evalue: message })
  }
})

test('a comm is closed again where its target throws, and the error is shown', async ({ kernel }) => {
  await kernel.execute('jupyter.comms.register("throws", async () => { await sleep(0); throw new RangeError("no") })')
  const seen: unknown[] = []
  const stop = kernel.onIopub(
    ({ header, content }) => void seen.push([header.msg_type, content.comm_id ?? content.ename]),
  )
  await kernel.tell('comm_open', { comm_id: 'c3', target_name: 'throws', data: {} })
  stop()
  expect(seen.slice(1, -1)).toEqual([
    ['comm_close', 'c3'],
    ['error', 'RangeError'],
  ])
  expect(await comms(kernel, 'throws')).toEqual({})
})

test('a listener that loops is ended by ■, and its message has an end', async ({ kernel }) => {
  await kernel.execute('jupyter.comms.register("loops", () => { console.log("began"); for (;;) {} })')
  const began = nextIopub(kernel, ({ content }) => content.text === 'began\n')
  const idle = kernel.tell('comm_open', { comm_id: 'loop', target_name: 'loops', data: {} })
  await began
  await kernel.interrupt()
  await idle
  expect((await kernel.execute('1')).reply.content.status).toBe('ok')
})

test('■ while no cell runs ends the waits of a listener; what waits for anything else is idle, too', async ({
  kernel,
}) => {
  await kernel.execute(`
jupyter.comms.register("waits", (comm, { data }) => {
  comm.onMessage(async () => {
    console.log("waits")
    try {
      await (data.forever ? new Promise(() => {}) : sleep(600))
    } finally {
      console.log("over")
    }
  })
})`)
  for (const forever of [false, true]) {
    await kernel.tell('comm_open', { comm_id: 'w', target_name: 'waits', data: { forever } })
    const seen: unknown[] = []
    const stop = kernel.onIopub(({ header, content, parentHeader }) => {
      if (parentHeader.msg_type === 'comm_msg' && header.msg_type !== 'status') seen.push(content.text ?? content.ename)
    })
    const waits = nextIopub(kernel, ({ content }) => content.text === 'waits\n')
    const idle = kernel.tell('comm_msg', { comm_id: 'w', data: {} })
    await waits
    // A cell is what is meant, where one runs.
    const asked = Promise.withResolvers<void>()
    kernel.onInput(() => {
      asked.resolve()
      return new Promise(() => {})
    })
    const cell = kernel.execute('await input()', { allow_stdin: true })
    await asked.promise
    await kernel.interrupt()
    expect((await cell).reply.content).toMatchObject({ ename: 'KeyboardInterrupt' })
    expect(seen).toEqual(['waits\n'])
    await kernel.interrupt()
    await idle
    stop()
    expect(seen).toEqual(forever ? ['waits\n'] : ['waits\n', 'over\n', 'KeyboardInterrupt'])
    await kernel.tell('comm_close', { comm_id: 'w', data: {} })
  }
})

test('a comm that the client opens right behind the cell that registers its target waits for it', async ({
  kernel,
}) => {
  const back: unknown[] = []
  const stop = kernel.onIopub(({ header, content }) => {
    if (header.msg_type.startsWith('comm_')) back.push([header.msg_type, content.comm_id, content.data])
  })
  const open = (comm_id: string, target_name: string) => kernel.tell('comm_open', { comm_id, target_name, data: {} })
  await Promise.all([
    kernel.execute('await sleep(0.1)'),
    kernel.execute(`
jupyter.comms.register("late", (comm) => {
  comm.send({ opened: true })
  comm.onMessage(({ data }) => comm.send({ heard: data.n }))
})`),
    open('c1', 'late'),
    kernel.tell('comm_msg', { comm_id: 'c1', data: { n: 1 } }),
    open('c2', 'nobody'),
    kernel.tell('comm_msg', { comm_id: 'c2', data: { n: 2 } }),
  ])
  stop()
  expect(back).toEqual([
    ['comm_msg', 'c1', { opened: true }],
    ['comm_msg', 'c1', { heard: 1 }],
    ['comm_close', 'c2', {}],
  ])
})

test("a cell knows its request, for ipywidgets' Output: jupyter.messageId is the parent of what it prints", async ({
  kernel,
}) => {
  const parents = (iopub: readonly { parentHeader: unknown }[]) =>
    iopub.map(({ parentHeader }) => (parentHeader as { msg_id: string }).msg_id)
  const { iopub } = await kernel.execute(
    'jupyter.comms.register("whose", (comm) => { comm.send({ id: jupyter.messageId }) })\nconst tell = Promise.withResolvers<void>()\nconst hears = (async () => { await tell.promise; return jupyter.messageId })()\njupyter.messageId',
  )
  const [first] = parents(iopub)
  expect(resultOf(iopub)).toBe(`'${first}'`)
  const later = await kernel.execute('tell.resolve()\njupyter.messageId + " " + (await hears)')
  expect(resultOf(later.iopub)).toBe(`'${parents(later.iopub)[0]} ${first}'`)
  const answer = nextIopub(kernel, ({ header }) => header.msg_type === 'comm_msg')
  await kernel.tell('comm_open', { comm_id: 'whose', target_name: 'whose', data: {} })
  const { content, parentHeader } = await answer
  expect(content.data).toEqual({ id: (parentHeader as { msg_id: string }).msg_id })
  await kernel.tell('comm_close', { comm_id: 'whose' })
})
