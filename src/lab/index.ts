// Names Node's types to whoever imports the declarations: since 6, TypeScript loads none by itself.
/// <reference types="node" preserve="true" />

/**
 * `lab`: what only a lesson needs. A simulated internet, a look at bytes, and who is open.
 *
 * Stands on `socket` and plugs into its hooks; `socket` does not know it.
 */
export { type Answers, answers } from './answers/answers.ts'
export { check } from './check/check.ts'
export type { CaseOptions, Checking, CheckServer, ErrorClass, ServeOptions, ServerUnderTest } from './check/checking.ts'
export { type Hint, hint } from './check/hints.ts'
export { Hexdump, hexdump } from './hexdump.ts'
export type { InternetRow } from './internet/internet.ts'
export * as internet from './internet/internet.ts'
export { interrupt, type Press } from './interrupt/interrupt.ts'
export { type Fate, Fates } from './link/fates.ts'
export { Link, link } from './link/link.ts'
export type { LinkOptions } from './link/options.ts'
export * as measure from './measure/measure.ts'
export { type Plot, type PlotOptions, plot, type SeriesInput } from './measure/plot.ts'
export type { Random } from './random.ts'
export { ShownTable } from './shown-table.ts'
export { closeAll, type SocketRow, sockets } from './sockets.ts'
export { Trace, type TraceEvent, trace } from './trace/index.ts'
