/**
 * What a program that hosts this library needs (a kernel does): not for lessons. Everything else is in index.ts.
 */
export { type Host, host } from './wait/host.ts'
export { interrupt } from './wait/interrupt.ts'
