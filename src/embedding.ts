/**
 * For programs that host this library (a kernel): what to plug in, and how to end what a unit of work waits for.
 *
 * Not for lessons.
 */
export { giveUp, type Host, host, interrupt } from './wait/index.ts'
