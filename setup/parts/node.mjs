/**
 * Which Node runs what. Whatever starts first runs on the machine's own Node 20 or later; kernels, tests and the
 * command line run on 24 or later: the machine's own, or the one that set-up brought.
 */
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { runInOurPlace, runQuietly } from './run.mjs'
import { broughtNode } from './venv.mjs'

export const wantedMajor = 24

const major = (version) => Number(version.replace(/^v/, '').split('.')[0])

export const ownIsNewEnough = () => major(process.version) >= wantedMajor

/** The Node for kernels: the brought one where there is one, so that the kernelspec stays the same whoever starts. */
export function kernelNode() {
  const brought = broughtNode()
  if (existsSync(brought)) return brought
  return ownIsNewEnough() ? process.execPath : undefined
}

/**
 * The same for somebody's installed package, which has no environment of its own: also the active Python environment,
 * SOCKETLAB_NODE, and every `node` on the PATH.
 */
export async function findNode(env = process.env) {
  if (env.SOCKETLAB_NODE) return env.SOCKETLAB_NODE
  const here = ownIsNewEnough() ? process.execPath : kernelNode()
  if (here) return here
  const name = process.platform === 'win32' ? 'node.exe' : 'node'
  for (const folder of (env.PATH ?? '').split(delimiter).filter(Boolean)) {
    const path = join(folder, name)
    if (isProgram(path) && (await isNewEnough(path))) return path
  }
  return undefined
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

async function isNewEnough(path) {
  const { code, text } = await runQuietly(path, ['--version']).catch(() => ({ code: 1, text: '' }))
  return code === 0 && major(text.trim()) >= wantedMajor
}

/** Runs a script of the checkout on the kernel's Node, in our place. */
export const runOnKernelNode = (script, args, options) => runInOurPlace(kernelNode(), [script, ...args], options)
