/**
 * SO_RCVTIMEO and SO_SNDTIMEO, the time limits of C programs: the system keeps them (for accepted and copied sockets
 * too), and as our descriptors never block, they are kept to here. As in CPython, `settimeout` goes before.
 */
import { SO_RCVTIMEO, SO_RCVTIMEO_NEW, SO_SNDTIMEO, SO_SNDTIMEO_NEW, SOL_SOCKET } from './constants/socket-options.ts'
import { scratch } from './native/scratch.ts'
import * as sys from './native/syscalls.ts'
import { type Direction, READ } from './readiness.ts'

const LIMITS = new Set([SO_RCVTIMEO, SO_RCVTIMEO_NEW, SO_SNDTIMEO, SO_SNDTIMEO_NEW])

/** Hardly any program sets one: only those that do pay for asking at each wait. */
let everSet = false

/** An option has been set. */
export function optionWasSet(level: number, option: number): void {
  if (level === SOL_SOCKET && LIMITS.has(option)) everSet = true
}

/** Seconds; null: none was set. */
export function limitByOption(fd: number, direction: Direction): number | null {
  if (!everSet) return null
  const { ints, intValues, length, lengthValue } = scratch()
  // A struct timeval: seconds and microseconds, of 64 bits each.
  lengthValue[0] = 16
  const option = direction === READ ? SO_RCVTIMEO : SO_SNDTIMEO
  if (sys.getsockopt(fd, SOL_SOCKET, option, ints, length) < 0) return null
  const seconds = (intValues[0]! >>> 0) + intValues[1]! * 2 ** 32 + intValues[2]! / 1e6
  return seconds > 0 ? seconds : null
}
