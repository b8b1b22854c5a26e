/**
 * Services and protocols by name and number: /etc/services and /etc/protocols, read at once.
 */
import { OSError } from '../errors/os-error.ts'
import { cText, integer } from './arguments.ts'
import * as netdb from './native/netdb.ts'
import { typeName } from './type-name.ts'

/**
 * The port of a service.
 *
 * @param protocolname `'tcp'` or `'udp'`; none: either
 * @throws {OSError} service/proto not found: also where the machine has no /etc/services
 * @example socket.getservbyname('http', 'tcp') // 80
 * @see getservbyname(3), services(5)
 */
export function getservbyname(servicename: string, protocolname?: string): number {
  const port = netdb.getservbyname(text(servicename, 'getservbyname', 1), protocol(protocolname, 'getservbyname'))
  if (port === undefined) throw new OSError('service/proto not found')
  return port
}

/**
 * The name of the service that a port belongs to.
 *
 * @throws {OSError} port/proto not found: also where the machine has no /etc/services
 * @throws {RangeError} not a port
 * @example socket.getservbyport(443, 'tcp') // 'https'
 * @see getservbyport(3), services(5)
 */
export function getservbyport(port: number, protocolname?: string): string {
  const number = integer(port)
  if (number < 0 || number > 65535) throw new RangeError('getservbyport: port must be 0-65535.')
  const name = netdb.getservbyport(number, protocol(protocolname, 'getservbyport'))
  if (name === undefined) throw new OSError('port/proto not found')
  return name
}

/**
 * The number of a protocol.
 *
 * @throws {OSError} protocol not found: also where the machine has no /etc/protocols
 * @example socket.getprotobyname('tcp') // 6
 * @see getprotobyname(3), protocols(5)
 */
export function getprotobyname(protocolname: string): number {
  const number = netdb.getprotobyname(text(protocolname, 'getprotobyname', 1))
  if (number === undefined) throw new OSError('protocol not found')
  return number
}

const protocol = (name: string | undefined, call: string): string | null =>
  name === undefined ? null : text(name, call, 2)

function text(value: unknown, call: string, place: number): string {
  if (typeof value !== 'string') {
    const found = value === null ? 'None' : typeName(value)
    throw new TypeError(`${call}() argument ${place} must be str, not ${found}`)
  }
  return cText(value)
}
