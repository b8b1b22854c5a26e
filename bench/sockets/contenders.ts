/**
 * Who takes part, and how each is started; one that this machine cannot run is left out, with the reason.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'

const here = import.meta.dirname
const peers = join(here, 'peers')
/** Where the C program and the Python packages are kept from one run to the next. */
const cache = join(here, '..', '..', 'node_modules', '.cache', 'bench')

export interface Contender {
  name: string
  /** The command line before the words `serve tcp`, …; none: it runs inside a kernel. */
  command?: string[]
}

export const OURS = 'socketlab'
export const KERNEL = 'socketlab in a cell'

/** All that can be had, and why the others cannot. */
export function contenders(): { found: Contender[]; missing: string[] } {
  const missing: string[] = []
  const attempt = (name: string, make: () => string[]): Contender[] => {
    try {
      return [{ name, command: make() }]
    } catch (error) {
      missing.push(`${name}: ${String((error as { stderr?: unknown }).stderr || (error as Error).message).trim()}`)
      return []
    }
  }
  mkdirSync(cache, { recursive: true })
  const found = [
    { name: OURS, command: [process.execPath, join(peers, 'ours.mjs')] },
    { name: KERNEL },
    { name: 'Node net, dgram', command: [process.execPath, join(peers, 'node.mjs')] },
    ...attempt('C, threads', compiled),
    ...attempt('CPython, threads', () => [python(), join(peers, 'threads.py')]),
    ...attempt('asyncio', () => [python(), join(peers, 'loop.py'), 'asyncio']),
    ...attempt('uvloop', () => [withUvloop(), join(peers, 'loop.py'), 'uvloop']),
  ]
  return { found, missing }
}

function compiled(): string[] {
  const program = join(cache, 'blocking')
  execFileSync('gcc', ['-O2', '-pthread', '-o', program, join(peers, 'blocking.c')], { stdio: 'pipe' })
  return [program]
}

function python(): string {
  execFileSync('python3', ['-c', 'import sys; assert sys.version_info >= (3, 11), "Python 3.11 is needed"'], {
    stdio: 'pipe',
  })
  return 'python3'
}

function withUvloop(): string {
  const venv = join(cache, 'venv')
  const own = join(venv, 'bin', 'python')
  const quietly = { stdio: 'pipe', timeout: 120_000 } as const
  if (!existsSync(own)) execFileSync(python(), ['-m', 'venv', venv], quietly)
  try {
    execFileSync(own, ['-c', 'import uvloop'], quietly)
  } catch {
    // Not there yet; what pip has to say against it is the reason that is shown.
    execFileSync(own, ['-m', 'pip', 'install', '-q', '--disable-pip-version-check', 'uvloop==0.23.0'], quietly)
  }
  return own
}
