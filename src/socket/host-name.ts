/** This machine's own name. */
import { hostname } from 'node:os'
import { systemError } from './explain.ts'
import { syscall } from './native/library.ts'
import { typeName } from './type-name.ts'

const c_sethostname = syscall<(name: string, length: number) => number>('int sethostname(const char *name, size_t len)')

/** This machine's own name. @see gethostname(2) */
export const gethostname = (): string => hostname()

/**
 * Gives this machine another name.
 *
 * @throws {PermissionError} only the administrator may
 * @example socket.sethostname('lab-1')
 * @see sethostname(2)
 */
export function sethostname(name: string): void {
  if (typeof name !== 'string') throw new TypeError(`sethostname() argument 1 must be str, not ${typeName(name)}`)
  const result = c_sethostname(name, Buffer.byteLength(name))
  if (result < 0) throw systemError(-result, { call: 'sethostname' })
}
