/**
 * What a failed look-up throws: gaierror for getaddrinfo and getnameinfo, herror for the older gethostby… calls.
 *
 * Their numbers are not errno's but netdb.h's (glibc's values).
 */
import { codeNames, type ErrorDetails, OSError } from './os-error.ts'

const EAI: ReadonlyMap<number, readonly [code: string, text: string]> = new Map([
  [-1, ['EAI_BADFLAGS', 'Bad value for ai_flags']],
  [-2, ['EAI_NONAME', 'Name or service not known']],
  [-3, ['EAI_AGAIN', 'Temporary failure in name resolution']],
  [-4, ['EAI_FAIL', 'Non-recoverable failure in name resolution']],
  [-5, ['EAI_NODATA', 'No address associated with hostname']],
  [-6, ['EAI_FAMILY', 'ai_family not supported']],
  [-7, ['EAI_SOCKTYPE', 'ai_socktype not supported']],
  [-8, ['EAI_SERVICE', 'Servname not supported for ai_socktype']],
  [-9, ['EAI_ADDRFAMILY', 'Address family for hostname not supported']],
  [-10, ['EAI_MEMORY', 'Memory allocation failure']],
  [-11, ['EAI_SYSTEM', 'System error']],
  [-12, ['EAI_OVERFLOW', 'Argument buffer overflow']],
])

const HOST: ReadonlyMap<number, readonly [code: string, text: string]> = new Map([
  [1, ['HOST_NOT_FOUND', 'Unknown host']],
  [2, ['TRY_AGAIN', 'Host name lookup failure']],
  [3, ['NO_RECOVERY', 'Unknown server error']],
  [4, ['NO_DATA', 'No address associated with name']],
])

/**
 * A name or service could not be looked up. `code` is netdb's name: `EAI_NONAME`, `EAI_AGAIN`, …
 *
 * @example
 * try { await socket.getaddrinfo('no-such-name.example', 80) } catch (error) {
 *   if (error instanceof socket.gaierror) console.log(error.code)
 * }
 * @see getaddrinfo(3), gai_strerror(3)
 */
export class gaierror extends OSError {}

/**
 * An address or host name could not be looked up by gethostbyname or gethostbyaddr. `code` is netdb's `h_errno` by name.
 *
 * @see gethostbyname(3)
 */
export class herror extends OSError {}

codeNames.set(gaierror, (errno) => EAI.get(errno)?.[0] ?? `EAI_${errno}`)
codeNames.set(herror, (errno) => HOST.get(errno)?.[0] ?? `H_ERRNO_${errno}`)
Object.defineProperty(gaierror.prototype, 'name', { value: 'gaierror', configurable: true, writable: true })
Object.defineProperty(herror.prototype, 'name', { value: 'herror', configurable: true, writable: true })

/** gai_strerror(3). */
export const gaiStrerror = (errno: number): string => EAI.get(errno)?.[1] ?? 'Unknown error'

/** hstrerror(3). */
export const hostStrerror = (errno: number): string => HOST.get(errno)?.[1] ?? 'Resolver internal error'

/** A gaierror with the system's text for its number. */
export const lookupError = (errno: number, details?: ErrorDetails): gaierror =>
  new gaierror(errno, gaiStrerror(errno), details)

/** A herror with the system's text for its number. */
export const hostError = (errno: number, details?: ErrorDetails): herror =>
  new herror(errno, hostStrerror(errno), details)
