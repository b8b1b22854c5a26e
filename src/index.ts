// Names Node's types to whoever imports the declarations: since 6, TypeScript loads none by itself.
/// <reference types="node" preserve="true" />

/**
 * The front door: what `import … from "socketlab"` gives, and what every cell finds without an import.
 *
 * Each module is a namespace under Python's name; the error classes stand beside them, as Python's builtins do.
 */
export { bytes, repr } from './bytes/index.ts'
export * as embedding from './embedding.ts'
export {
  BlockingIOError,
  BrokenPipeError,
  ChildProcessError,
  ConnectionAbortedError,
  ConnectionError,
  ConnectionRefusedError,
  ConnectionResetError,
  FileExistsError,
  FileNotFoundError,
  InterruptedError,
  IsADirectoryError,
  KeyboardInterrupt,
  NotADirectoryError,
  OSError,
  PermissionError,
  ProcessLookupError,
  TimeoutError,
} from './errors/index.ts'
export * as lab from './lab/index.ts'
export { check } from './lab/index.ts'
export * as queue from './queue/index.ts'
export * as select from './select/index.ts'
export * as selectors from './selectors/index.ts'
export * as socket from './socket/index.ts'
export * as socketserver from './socketserver/index.ts'
export * as struct from './struct/index.ts'
export * as threading from './threading/index.ts'
export { sleep } from './wait/index.ts'
