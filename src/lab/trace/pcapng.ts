/**
 * Packets as a pcapng file: one section, one interface of raw IP packets, times in microseconds, comments.
 *
 * Knows the file's format only.
 * @see https://www.ietf.org/archive/id/draft-ietf-opsawg-pcapng-02.html
 */
import { writeFileSync } from 'node:fs'
import { packetsOf } from './conversation.ts'
import type { Story } from './story.ts'
import { summary } from './wording.ts'

const LINKTYPE_RAW = 101
const OPT_COMMENT = 1
const SHB_USERAPPL = 4
const IF_NAME = 2
const IF_TSRESOL = 9

/** Writes the file; returns how many packets are in it. */
export function writePcapng(path: string, story: Story): number {
  const { packets, left } = packetsOf(story)
  const comment = [
    "Written from a program's calls on its sockets by socketlab's lab.trace, not captured from a network:",
    'packets, sequence numbers and acknowledgements are those that the calls amount to.',
    summary(story),
    left > 0 ? `${left} calls on UNIX sockets and other families are left out: they have no packets.` : '',
  ]
  const blocks = [section(comment.filter(Boolean).join(' ')), networkInterface()]
  let last = 0
  for (const { at, data, comment: remark } of packets) {
    // A reader takes a step back in time for a fault of the capture.
    last = Math.max(last, Math.round((story.epoch + at) * 1000))
    blocks.push(enhancedPacket(last, data, remark))
  }
  writeFileSync(path, Buffer.concat(blocks))
  return packets.length
}

function section(comment: string): Buffer {
  const body = Buffer.alloc(16)
  body.writeUInt32LE(0x1a2b3c4d, 0)
  body.writeUInt16LE(1, 4)
  body.writeUInt16LE(0, 6)
  body.writeBigInt64LE(-1n, 8)
  return block(0x0a0d0d0a, [body, option(OPT_COMMENT, comment), option(SHB_USERAPPL, 'socketlab lab.trace'), END])
}

function networkInterface(): Buffer {
  const body = Buffer.alloc(8)
  body.writeUInt16LE(LINKTYPE_RAW, 0)
  return block(1, [body, option(IF_NAME, 'calls'), option(IF_TSRESOL, Buffer.from([6])), END])
}

function enhancedPacket(microseconds: number, data: Buffer, comment: string): Buffer {
  const body = Buffer.alloc(20)
  const time = BigInt(microseconds)
  body.writeUInt32LE(Number(time >> 32n), 4)
  body.writeUInt32LE(Number(time & 0xffffffffn), 8)
  body.writeUInt32LE(data.length, 12)
  body.writeUInt32LE(data.length, 16)
  return block(6, [body, padded(data), ...(comment ? [option(OPT_COMMENT, comment), END] : [])])
}

const END = Buffer.alloc(4)

function option(code: number, value: string | Buffer): Buffer {
  const bytes = Buffer.from(value).subarray(0, 65_535)
  const head = Buffer.alloc(4)
  head.writeUInt16LE(code, 0)
  head.writeUInt16LE(bytes.length, 2)
  return Buffer.concat([head, padded(bytes)])
}

const padded = (bytes: Buffer): Buffer =>
  bytes.length % 4 === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(4 - (bytes.length % 4))])

function block(type: number, parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  const frame = Buffer.alloc(12)
  frame.writeUInt32LE(type, 0)
  frame.writeUInt32LE(body.length + 12, 4)
  frame.writeUInt32LE(body.length + 12, 8)
  return Buffer.concat([frame.subarray(0, 8), body, frame.subarray(8)])
}
