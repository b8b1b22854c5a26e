/**
 * A call in words: `sendall 5 B`, `connect: ECONNREFUSED`, `setsockopt SO_REUSEADDR = 1`, and a look at its bytes.
 *
 * The same words stand in every kind of drawing.
 */
import { repr } from '../../bytes/index.ts'
import { errorCode } from '../../errors/errno.ts'
import { OSError, TimeoutError } from '../../errors/os-error.ts'
import * as constants from '../../socket/constants/index.ts'
import { MSG_PEEK } from '../../socket/constants/message-flags.ts'
import { addressText } from './parties.ts'
import type { Recorded } from './recorder.ts'
import type { Step, Story } from './story.ts'

/** What stands at a call: the call, a look at its bytes, and its failure. */
export interface Label {
  readonly text: string
  readonly preview: string
  readonly failure: string
}

const HOW = ['SHUT_RD', 'SHUT_WR', 'SHUT_RDWR']

/** The call in words. */
export function label(step: Step): Label {
  const { call } = step
  const failure = failureOf(call) ?? ''
  if (failure) return { text: call.call, preview: '', failure: withTime(call, failure) }
  const preview = call.data && call.data.length > 0 ? look(call.data, 18) : ''
  return { text: inWords(step), preview, failure: '' }
}

function inWords({ call, from, end, party }: Step): string {
  const { call: name, bytes } = call
  if (bytes !== undefined) {
    const peeked = ((call.flags ?? 0) & MSG_PEEK) !== 0
    if (name.startsWith('recv')) {
      if (bytes === 0 && (end || from.some(({ what }) => what === 'end'))) return `${name}: end of stream`
      const cut = call.data !== undefined && bytes > call.data.length ? ` of ${amount(bytes)}` : ''
      return `${name} ${cut ? call.data!.length + cut : amount(bytes)}${peeked ? ', only peeked' : ''}`
    }
    if (call.wanted !== undefined) return `${name} ${bytes} of ${amount(call.wanted)}`
    return `${name} ${amount(bytes)}`
  }
  if (name === 'shutdown') return `shutdown ${HOW[call.result] ?? call.result}`
  if (name === 'setsockopt' && call.option) return `setsockopt ${optionName(call.option)}`
  if (name === 'bind') return `bind ${addressText(call.local) || 'any address'}`
  if (name === 'close' && party.kind === 'TCP' && party.role === 'server' && !end) return 'close (listener)'
  return name
}

/** `5 B`, `1.5 MiB`. */
export function amount(bytes: number): string {
  if (bytes < 10_000) return `${bytes} B`
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KiB`
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`
}

/** The first bytes, as `repr` writes them. */
export function look(data: Uint8Array, most: number): string {
  let length = Math.min(data.length, most)
  let text = repr(data.subarray(0, length))
  while (text.length > most + 3 && length > 1) text = repr(data.subarray(0, --length))
  return length < data.length ? `${text}…` : text
}

/** Why it failed, in a word: `ECONNREFUSED`, `timed out`. */
export function failureOf(call: Recorded): string | undefined {
  const { failure, result } = call
  if (failure instanceof TimeoutError && failure.errno === null) return 'timed out'
  if (failure instanceof OSError) return failure.code ?? failure.name
  if (failure instanceof Error) return failure.name
  if (failure !== undefined) return 'given up'
  return call.call === 'connectEx' && result < 0 ? errorCode(-result) : undefined
}

const withTime = (call: Recorded, failure: string): string =>
  call.waited >= 1 ? `${failure} after ${duration(call.waited)}` : failure

/** `0.4 ms`, `1.25 s`. */
export function duration(ms: number): string {
  if (ms < 10) return `${ms.toFixed(1)} ms`
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`
}

const PREFIX: Readonly<Record<number, [level: string, prefix: string]>> = {
  [constants.SOL_SOCKET]: ['SOL_SOCKET', 'SO_'],
  [constants.IPPROTO_TCP]: ['IPPROTO_TCP', 'TCP_'],
  [constants.IPPROTO_IP]: ['IPPROTO_IP', 'IP_'],
  [constants.IPPROTO_IPV6]: ['IPPROTO_IPV6', 'IPV6_'],
}

/** Options of other families have the same numbers. */
const RARE = /^SO_(?:J1939|VM)_/

function optionName([level, option, value]: NonNullable<Recorded['option']>): string {
  const known = PREFIX[level]
  const name =
    known &&
    Object.entries(constants).find(([key, code]) => key.startsWith(known[1]) && !RARE.test(key) && code === option)?.[0]
  const given = value instanceof Uint8Array ? look(value, 8) : Number(value)
  return `${name ?? `${known?.[0] ?? level} ${option}`} = ${given}`
}

/** `12 calls in 3.4 ms.`, and what is not there. */
export function summary({ steps, duration: ms, leftOut, bytesLeftOut }: Story): string {
  if (steps.length === 0) {
    return `No socket was used while the trace ran (${duration(ms)}). A worker thread's and other programs' calls are not seen.`
  }
  const parts = [`${count(steps.length, 'call')} in ${duration(ms)}, drawn from the calls, not captured from a wire.`]
  if (leftOut.size > 0) {
    const [names, total] = [[...leftOut], [...leftOut.values()].reduce((sum, one) => sum + one, 0)]
    const list = names.map(([name, times]) => `${times} ${name}`).join(', ')
    parts.push(`Only the first ${steps.length} calls were kept; ${total} more were only counted: ${list}.`)
  }
  if (bytesLeftOut > 0) parts.push(`Of what was carried, ${amount(bytesLeftOut)} were not kept.`)
  return parts.join(' ')
}

export const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`
