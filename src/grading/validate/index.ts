/** What an author got wrong. */
export type { Finding, Rule } from './finding.ts'
export { missingImports, withImports } from './imports.ts'
export { readThrough } from './read-through.ts'
export { modelsIn } from './solutions-file.ts'
export { tryOut } from './try-out.ts'
