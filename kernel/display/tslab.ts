/**
 * What `import * as tslab from "tslab"` gives in a cell: the same names and results as in tslab's own kernel.
 */
import type { Display } from './display.ts'

/** The version strings of tslab and its dependencies. */
export declare const versions: { tslab: string; typescript: string; node: string }
/** Shows rich output under the cell. */
export declare const display: Display
/** A display of one place: its first call shows, the next ones overwrite. */
export declare function newDisplay(): Display
export type { Display }
