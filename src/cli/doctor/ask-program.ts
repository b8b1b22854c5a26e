/**
 * Asks another program something and keeps its answer. Never throws: a program that cannot be started has an answer too.
 */
import { execFile } from 'node:child_process'
import type { Context } from './check.ts'

export interface Answer {
  ok: boolean
  stdout: string
  /** Why not, in one line: the last that it said, or why it could not be started. */
  problem: string
}

export function askProgram(program: string, args: readonly string[], { env, signal }: Context): Promise<Answer> {
  return new Promise((resolve) => {
    const options = { env, signal, killSignal: 'SIGKILL', maxBuffer: 2 ** 20 } as const
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      const said = (stderr || stdout).trim().split('\n')
      // Node says what went wrong above its stack, every other program at the end.
      const line = said.find((one) => /^\w*Error\b/.test(one)) ?? said.at(-1)
      const how = error?.signal ? `ended by ${error.signal}` : (error?.message ?? '')
      resolve({ ok: error === null, stdout, problem: line || how.split('\n')[0] || 'no answer' })
    })
    child.stdin?.end()
  })
}

/** Runs a line of JavaScript on the kernel's Node; `load` finds packages as this package does. */
export function askNode(script: string, context: Context): Promise<Answer> {
  const manifest = JSON.stringify(`${context.packageRoot}/package.json`)
  const whole = `const load = require('node:module').createRequire(${manifest})\n${script}`
  return askProgram(context.node ?? process.execPath, ['-e', whole], context)
}
