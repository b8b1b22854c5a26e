/** `lab.trace`: what sockets did, drawn. */
export { Trace, type TraceEvent, trace } from './trace.ts'
