/** Bytes to write and to read: the tag that makes them, and `repr` that shows them. */
export { bytes } from './bytes.ts'
export { repr } from './repr.ts'
