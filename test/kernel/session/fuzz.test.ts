/**
 * Mutated frames and JSON against a real kernel: seeded, bounded. 300 messages in npm test, 20,000 in test:full.
 */
import { readdirSync } from 'node:fs'
import { expect } from 'vitest'
import { Dealer } from 'zeromq'
import { encode, headerMaker } from '../../../kernel/protocol/codec.ts'
import { endpoint } from '../../../kernel/protocol/connection-file.ts'
import { full } from '../../runner/paths.ts'
import { resultOf, test } from '../kernel-fixture.ts'

const SEED = 20261121
const MESSAGES = full ? 20_000 : 300

/** mulberry32: the same numbers on every machine. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

const TYPES = [
  'kernel_info_request',
  'complete_request',
  'inspect_request',
  'is_complete_request',
  'history_request',
  'comm_info_request',
  'comm_open',
  'comm_msg',
  'comm_close',
  'list_subshell_request',
  'delete_subshell_request',
  'usage_request',
  'execute_request',
  'input_reply',
  'nonsense',
]
const VALUES: unknown[] = [
  null,
  true,
  -1,
  1e308,
  2 ** 53,
  '',
  'x'.repeat(100_000),
  '\u0000',
  '🙂',
  [],
  {},
  { code: 5 },
  ['a', ['b']],
  'socket.',
  '((((',
  '`${',
]
const KEYS = [
  'code',
  'cursor_pos',
  'detail_level',
  'hist_access_type',
  'n',
  'pattern',
  'comm_id',
  'target_name',
  'data',
  'silent',
  'subshell_id',
  '__proto__',
  'constructor',
]

test(`${MESSAGES} mutated messages: no crash, no hang, no descriptor left, and the next cell runs`, {
  timeout: full ? 300_000 : 60_000,
}, async ({ freshKernel }) => {
  const kernel = await freshKernel()
  await kernel.execute('let kept = 41')
  const { connection, child } = kernel.process
  const next = random(SEED)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)] as T
  const newHeader = headerMaker('fuzz')
  const descriptors = () => readdirSync(`/proc/${child.pid}/fd`).length

  const content = () =>
    Object.fromEntries(Array.from({ length: Math.floor(next() * 5) }, () => [pick(KEYS), pick(VALUES)]))
  function message(): (string | Buffer)[] {
    const type = pick(TYPES)
    // What a cell does is not the subject: it stays harmless, while everything around it is mutated.
    const body = type === 'execute_request' ? { ...content(), code: '1', silent: true } : content()
    const header = next() < 0.1 ? { ...newHeader(type), ...content() } : newHeader(type)
    const parentHeader = next() < 0.2 ? (content() as never) : {}
    const frames = encode(
      { identities: [], header, parentHeader, metadata: content(), content: body, buffers: [] },
      connection.key,
    ) as (string | Buffer)[]
    if (next() < 0.4) return frames
    const at = Math.floor(next() * frames.length)
    const kind = Math.floor(next() * 4)
    if (kind === 0) frames.splice(at, 1)
    else if (kind === 1) frames.splice(at, 0, Buffer.from([0xff, 0x00, 0xfe]))
    else if (kind === 2) frames[at] = Buffer.from(frames[at] as string).subarray(0, Math.floor(next() * 50))
    else frames[at] = Buffer.from(Buffer.from(frames[at] as string).map((byte) => (next() < 0.05 ? byte ^ 1 : byte)))
    return frames.length > 0 ? frames : ['']
  }

  const sockets = (['shell', 'control', 'stdin'] as const).map((channel) => {
    const socket = new Dealer({ linger: 0, receiveHighWaterMark: 0 })
    socket.connect(endpoint(connection, channel))
    return socket
  })
  await kernel.request('kernel_info_request', {})
  const before = descriptors()
  for (let i = 0; i < MESSAGES; i++) await pick(sockets).send(message())
  // Answered in the order of the channel: everything before it has been dealt with.
  for (const channel of ['shell', 'control'] as const)
    expect((await kernel.request('kernel_info_request', {}, { channel })).reply.content.status).toBe('ok')
  expect(resultOf((await kernel.execute('kept + 1')).iopub)).toBe('42')
  // Our own three connections may have been accepted since; a leak would be one a message.
  expect(descriptors()).toBeLessThan(before + 10)
  for (const socket of sockets) socket.close()
  expect(kernel.process.stderr()).toBe('')
})
