/** What every link is made of. Types only. */
import type { InetAddress } from '../../socket/addresses.ts'
import type { Fates } from './fates.ts'

export interface Relay {
  readonly address: InetAddress
  fates(): Fates
  close(): void
}
