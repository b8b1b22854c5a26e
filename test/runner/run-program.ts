/** A program run to its end; one that fails is told with how it ended, which Node's own error leaves out of its message. */
import { type ExecFileOptions, execFile } from 'node:child_process'

export const runProgram = (
  program: string,
  args: readonly string[],
  options: ExecFileOptions = {},
): Promise<{ stdout: string; stderr: string }> =>
  new Promise((resolve, reject) => {
    execFile(program, args, { ...options, encoding: 'utf8' }, (error, stdout, stderr) => {
      if (error === null) return resolve({ stdout, stderr })
      const end = error.signal ? `signal ${error.signal}` : `exit code ${error.code}`
      reject(new Error(`${error.message}\nended with ${end}; on stdout:\n${stdout.slice(-2000)}`, { cause: error }))
    })
  })
