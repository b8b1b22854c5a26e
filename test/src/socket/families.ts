/** The IP families that this machine can use; a family that it cannot is named, with the reason. */
import * as socket from '../../../src/socket/index.ts'

export interface Family {
  readonly name: string
  readonly family: socket.AddressFamily.AF_INET | socket.AddressFamily.AF_INET6
  readonly loopback: string
}

const all: Family[] = [
  { name: 'IPv4', family: socket.AF_INET, loopback: '127.0.0.1' },
  { name: 'IPv6', family: socket.AF_INET6, loopback: '::1' },
]

function usable({ name, family, loopback }: Family): boolean {
  try {
    using probe = socket.socket(family as number)
    probe.bind([loopback, 0])
    return true
  } catch (error) {
    console.log(`skipped: tests over ${name}: ${error}`)
    return false
  }
}

export const families = all.filter(usable)
