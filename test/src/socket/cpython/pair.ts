/**
 * socketpair() for tests that use one end only: both are kept, for one that nobody holds any more is collected and
 * closed, and the other is then at the end of its stream.
 */
import * as socket from '../../../../src/socket/index.ts'

const kept: socket.Socket[] = []

export function pair(type?: number): [socket.Socket, socket.Socket] {
  const [a, b] = socket.socketpair(socket.AF_UNIX, type)
  kept.push(a, b)
  return [a, b]
}
