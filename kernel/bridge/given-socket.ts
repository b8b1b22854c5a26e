/**
 * A socket that a process was started with, by number: how a kernel that grades reaches a compiler that is not its own,
 * and how that compiler is reached. Knows nothing of what is said over it.
 */
import type { Socket } from 'node:net'

/** The environment variable that has the descriptor's number. */
export const SOCKET_AT = 'SOCKETLAB_COMPILER_SOCKET'

/** Undefined: there is none. */
export function givenSocket(): Socket | undefined {
  const descriptor = Number(process.env[SOCKET_AT] ?? Number.NaN)
  if (!Number.isInteger(descriptor)) return undefined
  // Not an import: a start-up snapshot would hold it, used or not.
  const { Socket } = process.getBuiltinModule('node:net')
  try {
    return new Socket({ fd: descriptor, readable: true, writable: true })
  } catch {
    return undefined
  }
}
