/**
 * `lab`: what only a lesson needs. A simulated internet, a look at bytes, and who is open.
 *
 * Stands on `socket` and plugs into its hooks; `socket` does not know it.
 */
export { Hexdump, hexdump } from './hexdump.ts'
export type { InternetRow } from './internet/internet.ts'
export * as internet from './internet/internet.ts'
export { ShownTable } from './shown-table.ts'
export { closeAll, type SocketRow, sockets } from './sockets.ts'
