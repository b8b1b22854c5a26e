/** This machine's own name. */
import { hostname } from 'node:os'
import { cText } from './arguments.ts'
import { systemError } from './explain.ts'
import { type Pointer, syscall } from './native/library.ts'
import { typeName } from './type-name.ts'

const c_sethostname = syscall<(name: Pointer, length: number) => number>(
  'int sethostname(const void *name, size_t len)',
)

/** This machine's own name. @see gethostname(2) */
export const gethostname = (): string => hostname()

/**
 * Gives this machine another name.
 *
 * @throws {PermissionError} only the administrator may
 * @example socket.sethostname('lab-1')
 * @see sethostname(2)
 */
export function sethostname(name: string | Uint8Array): void {
  if (typeof name !== 'string' && !(name instanceof Uint8Array)) {
    throw new TypeError(`expected str, bytes or os.PathLike object, not ${typeName(name)}`)
  }
  const bytes = typeof name === 'string' ? Buffer.from(cText(name)) : name
  if (bytes.includes(0)) throw new RangeError('embedded null byte')
  const result = c_sethostname(bytes, bytes.length)
  if (result < 0) throw systemError(-result, { call: 'sethostname' })
}
