/**
 * Running other programs: quietly, with their last lines kept, or in our place, with signals and exit code handed on.
 */
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { alsoHeldBy } from './lock.mjs'

const keptLines = 15

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, onLine?: (line: string) => void }} [options]
 * @returns {Promise<{ code: number, lines: string[], text: string }>} `lines` are the last ones, of stdout and stderr together
 */
export function runQuietly(command, args, { cwd, env = process.env, onLine } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true })
    if (child.pid !== undefined) alsoHeldBy(child.pid)
    const stop = () => child.kill()
    process.once('exit', stop)
    let text = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (piece) => {
        text = (text + piece).slice(-100_000)
        const line = lastLine(text)
        if (line) onLine?.(line)
      })
    }
    child.once('error', (error) => {
      process.removeListener('exit', stop)
      reject(error)
    })
    child.once('close', (code, signal) => {
      process.removeListener('exit', stop)
      resolve({ code: code ?? 128 + (constants.signals[signal] ?? 0), lines: linesOf(text).slice(-keptLines), text })
    })
  })
}

const linesOf = (text) => text.split(/[\r\n]+/).filter((line) => line.trim() !== '')
const lastLine = (text) => linesOf(text.slice(-500)).at(-1)

/**
 * Runs a program in our place: it has our terminal, gets the signals sent to us, and its exit code is the result.
 *
 * Ctrl-C in a terminal reaches the program by itself, as it reaches us: handing it on would count as a second one, at
 * which JupyterLab stops without asking. Without a terminal nobody else hands it on.
 */
export function runInOurPlace(command, args, { cwd, env = process.env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: 'inherit' })
    const handlers = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => {
      const handler = () => {
        if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
      }
      process.on(signal, handler)
      return [signal, handler]
    })
    // npm, told to end, ends its shell but not us: without this JupyterLab would go on for nobody.
    const parent = process.ppid
    const watch = setInterval(() => {
      if (process.ppid !== parent) child.kill('SIGTERM')
    }, 1000)
    if (!process.env.npm_lifecycle_event) clearInterval(watch)
    const done = () => {
      clearInterval(watch)
      for (const [signal, handler] of handlers) process.removeListener(signal, handler)
    }
    child.once('error', (error) => {
      done()
      reject(error)
    })
    child.once('close', (code, signal) => {
      done()
      resolve(code ?? 128 + (constants.signals[signal] ?? 0))
    })
  })
}
