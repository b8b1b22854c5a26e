/**
 * The first file of the kernel's process and of its io thread: loads what the thread does, with the code that V8 made of
 * it before. Knows nothing of what that is.
 */
import { join } from 'node:path'
import { isMainThread } from 'node:worker_threads'
import { loadWithCode } from './code-cache.ts'

export { loadWithCode, saveCode } from './code-cache.ts'

loadWithCode(join(__dirname, isMainThread ? 'executor.cjs' : 'io.cjs'))
