/**
 * The compiler's side of early-compiler.ts: it calls the kernel that started it. Apart, because the compiler's snapshot
 * cannot hold what the other side needs.
 */
import type { Socket } from 'node:net'

/** The environment variable that names the socket and the secret. */
export const KERNEL_AT = 'SOCKETLAB_KERNEL_AT'

const AGAIN_MS = 10
/** The kernel listens long before: it is gone, or never was. */
const GIVE_UP_MS = 20_000

/** Calls back with the connection; false: this compiler was started with pipes. */
export function callKernel(connected: (socket: Socket) => void): boolean {
  const where = process.env[KERNEL_AT]
  if (!where) return false
  const [name, secret] = where.split(' ') as [string, string]
  // Not an import: a snapshot would hold it, used or not.
  const { connect } = process.getBuiltinModule('node:net')
  const began = performance.now()
  const call = (): void => {
    const socket = connect(`\0${name}`)
    const again = (): void => {
      if (performance.now() - began > GIVE_UP_MS) process.exit(0)
      setTimeout(call, AGAIN_MS)
    }
    socket.once('error', again)
    socket.once('connect', () => {
      socket.off('error', again)
      socket.write(secret)
      connected(socket)
    })
  }
  call()
  return true
}
