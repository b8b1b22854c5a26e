/**
 * Sockets that a process was started with, by number: how a kernel that grades reaches a compiler that is not its own,
 * how that compiler is reached, and how both learn that the grader is gone. Knows nothing of what is said over them.
 */
import type { Socket } from 'node:net'

/** The environment variable that has the descriptor's number. */
export const SOCKET_AT = 'SOCKETLAB_COMPILER_SOCKET'

/** The same of a socket over which nothing comes: it closes with whoever started the process. */
export const LIFELINE_AT = 'SOCKETLAB_LIFELINE'

/** @param variable that has the number. Undefined: there is none */
export function givenSocket(variable: typeof SOCKET_AT | typeof LIFELINE_AT): Socket | undefined {
  const descriptor = Number(process.env[variable] || Number.NaN)
  if (!Number.isInteger(descriptor)) return undefined
  // Not an import: a start-up snapshot would hold it, used or not.
  const { Socket } = process.getBuiltinModule('node:net')
  try {
    return new Socket({ fd: descriptor, readable: true, writable: true })
  } catch {
    return undefined
  }
}
