/** The error classes that a lesson sees, in one place. */
export { KeyboardInterrupt } from './keyboard-interrupt.ts'
export { gaierror, herror } from './lookup-error.ts'
export {
  BlockingIOError,
  BrokenPipeError,
  ChildProcessError,
  ConnectionAbortedError,
  ConnectionError,
  ConnectionRefusedError,
  ConnectionResetError,
  type ErrorDetails,
  FileExistsError,
  FileNotFoundError,
  InterruptedError,
  IsADirectoryError,
  NotADirectoryError,
  OSError,
  PermissionError,
  ProcessLookupError,
  TimeoutError,
} from './os-error.ts'
