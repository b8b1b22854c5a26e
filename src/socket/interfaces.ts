/** Network interfaces by number and name. */
import { EMFILE } from '../errors/errno.ts'
import { OSError } from '../errors/os-error.ts'
import { descriptorsUsedUp, systemError } from './explain.ts'
import { foreign, koffi, type Pointer } from './native/library.ts'
import { typeName } from './type-name.ts'

const c_if_nameindex = foreign<() => bigint | null>('void *if_nameindex()')
const c_if_freenameindex = foreign<(list: bigint) => void>('void if_freenameindex(void *ptr)')
const c_if_nametoindex = foreign<(name: string) => number>('unsigned int if_nametoindex(const char *ifname)')
const c_if_indextoname = foreign<(index: number, name: Pointer) => bigint | null>(
  'void *if_indextoname(unsigned int ifindex, void *ifname)',
)
const IF_NAMESIZE = 16
const ENXIO = 6
const ENTRY_SIZE = 16

const notListed = (): OSError =>
  descriptorsUsedUp()
    ? systemError(EMFILE, { call: 'if_nameindex' })
    : new OSError('if_nameindex: the interfaces could not be listed')

/**
 * The network interfaces of this machine.
 *
 * @example socket.if_nameindex() // [[1, 'lo'], [2, 'eth0']]
 * @see if_nameindex(3)
 */
export function if_nameindex(): [index: number, name: string][] {
  const list = c_if_nameindex()
  if (!list) throw notListed()
  const found: [index: number, name: string][] = []
  for (let at = list; ; at += BigInt(ENTRY_SIZE)) {
    const entry = new DataView(koffi().view(at, ENTRY_SIZE))
    const index = entry.getUint32(0, true)
    if (index === 0) break
    found.push([index, koffi().decode.string(entry.getBigUint64(8, true))])
  }
  c_if_freenameindex(list)
  return found
}

/**
 * The number of an interface.
 *
 * @throws {OSError} no interface with this name
 * @example socket.if_nametoindex('lo') // 1
 * @see if_nametoindex(3)
 */
export function if_nametoindex(name: string | Uint8Array): number {
  if (typeof name !== 'string' && !(name instanceof Uint8Array)) {
    throw new TypeError(`expected str, bytes or os.PathLike object, not ${typeName(name)}`)
  }
  const text = Buffer.from(name as string).toString()
  if (text.includes('\0')) throw new RangeError('embedded null byte')
  const index = c_if_nametoindex(text)
  if (index === 0) throw new OSError('no interface with this name')
  return index
}

/**
 * The name of an interface.
 *
 * @throws {OSError} ENXIO: no interface has this number
 * @example socket.if_indextoname(1) // 'lo'
 * @see if_indextoname(3)
 */
export function if_indextoname(index: number): string {
  const number = typeof index === 'boolean' ? Number(index) : index
  if (!Number.isInteger(number)) throw new TypeError(`an integer is required, not ${typeName(index)}`)
  if (number < 0) throw new RangeError("can't convert negative value to unsigned int")
  if (number > 2 ** 32 - 1) throw new RangeError('Python int too large to convert to C unsigned int')
  const name = Buffer.alloc(IF_NAMESIZE)
  if (!c_if_indextoname(number, name)) throw systemError(ENXIO, { call: 'if_indextoname' })
  return name.toString('latin1', 0, name.indexOf(0))
}
