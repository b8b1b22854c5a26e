import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { decode, encode, headerMaker } from '../../../kernel/protocol/codec.ts'
import { root } from '../kernel-fixture.ts'

const message = (content: Record<string, unknown>) => ({
  identities: [Buffer.from('client-1')],
  header: headerMaker('tester')('execute_request'),
  parentHeader: {},
  metadata: { tags: ['x'] },
  content,
  buffers: [Buffer.from([0, 255])],
})
const toFrames = (frames: (string | Uint8Array)[]) => frames.map((frame) => Buffer.from(frame as string))

test('a message comes back as it went, buffers and identities included', () => {
  const sent = message({ code: '"naïve 🙂"' })
  const frames = toFrames(encode(sent, 'secret'))
  const received = decode(frames, 'secret')
  expect(received).toMatchObject({ header: sent.header, metadata: sent.metadata, content: sent.content })
  expect(received.identities.map(String)).toEqual(['client-1'])
  expect(received.buffers.map((buffer) => [...buffer])).toEqual([[0, 255]])
})

test('half of a character goes as U+FFFD: no notebook could be written with it', () => {
  const content = { text: `\ud83d and 🙂 and \\ud83d`, data: { deep: ['\udc00'] } }
  const frame = toFrames(encode(message(content), 'secret')).at(-2)
  expect(JSON.parse(String(frame))).toEqual({ text: '\ufffd and 🙂 and \\ud83d', data: { deep: ['\ufffd'] } })
})

test.each([
  ['another key', (frames: Buffer[]) => decode(frames, 'other'), 'BAD_SIGNATURE'],
  [
    'one bit of the content changed',
    (frames: Buffer[]) => {
      frames[6]![3]! ^= 1
      return decode(frames, 'secret')
    },
    'BAD_SIGNATURE',
  ],
  ['no delimiter', (frames: Buffer[]) => decode(frames.slice(2), 'secret'), 'NO_DELIMITER'],
  ['too few frames', (frames: Buffer[]) => decode(frames.slice(0, 5), 'secret'), 'TOO_FEW_FRAMES'],
])('%s: a ProtocolError with code', (_what, read, code) => {
  const frames = toFrames(encode(message({ code: '1' }), 'secret'))
  expect(() => read(frames)).toThrow(expect.objectContaining({ name: 'ProtocolError', code }))
})

test('an empty key means unsigned messages', () => {
  expect(decode(toFrames(encode(message({ code: '1' }), '')), '').content).toEqual({ code: '1' })
})

test('jupyter_client reads what we sign, and signs what we read', () => {
  const program = `
import sys, json
from jupyter_client.session import Session
session = Session(key=b"secret")
frames = [bytes.fromhex(line) for line in sys.stdin.read().split()]
_, frames = session.feed_identities(frames)
content = session.deserialize(frames)["content"]
for frame in session.serialize(session.msg("execute_request", content=content), ident=[b"py"]): print(bytes(frame).hex())
`
  const python = join(root, '.venv', 'bin', 'python')
  const frames = toFrames(encode({ ...message({ code: 'let a = "ä"' }), buffers: [] }, 'secret'))
  const printed = execFileSync(python, ['-c', program], {
    input: frames.map((frame) => frame.toString('hex')).join('\n'),
  })
  const answer = decode(
    printed
      .toString()
      .trim()
      .split('\n')
      .map((line) => Buffer.from(line, 'hex')),
    'secret',
  )
  expect(answer.content).toEqual({ code: 'let a = "ä"' })
  expect(String(answer.identities[0])).toBe('py')
})
