/**
 * Where a test finds the checkout, and the Python that set-up made (with Jupyter and its test tools).
 */
import { join, resolve } from 'node:path'

export const root: string = resolve(import.meta.dirname, '..', '..')

export const venvPython: string =
  process.platform === 'win32' ? join(root, '.venv', 'Scripts', 'python.exe') : join(root, '.venv', 'bin', 'python')

/** `npm run test:full`: also what takes minutes. */
export const full: boolean = process.env.SOCKETLAB_FULL === '1'
