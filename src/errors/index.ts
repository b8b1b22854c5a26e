/** The error classes that a lesson sees, in one place. */
export { KeyboardInterrupt } from './keyboard-interrupt.ts'
export { gaierror, herror } from './lookup-error.ts'
export {
  BlockingIOError,
  BrokenPipeError,
  ConnectionAbortedError,
  ConnectionError,
  ConnectionRefusedError,
  ConnectionResetError,
  type ErrorDetails,
  FileExistsError,
  FileNotFoundError,
  InterruptedError,
  OSError,
  PermissionError,
  TimeoutError,
} from './os-error.ts'
