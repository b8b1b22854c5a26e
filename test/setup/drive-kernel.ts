/**
 * Jupyter's own client at the other end: finds a kernel by its name and runs one cell in it.
 */
import { join } from 'node:path'
import { venvPython } from '../runner/paths.ts'
import { plainEnv, run } from './run.ts'

export interface CellOutcome {
  status: string
  stdout: string
  results: string[]
}

/**
 * @param jupyterPath a folder with `kernels/NAME/kernel.json`
 * @param cwd where Jupyter runs; nothing of ours is on its PATH
 */
export async function runCell(name: string, code: string, jupyterPath: string, cwd: string): Promise<CellOutcome> {
  const env = plainEnv({ JUPYTER_PATH: jupyterPath, PATH: '/nowhere' })
  const args = [join(import.meta.dirname, 'drive-kernel.py'), name, code]
  const outcome = await run(venvPython, args, { cwd, env, timeoutMs: 90_000 })
  if (outcome.code !== 0) throw new Error(`no answer from the kernel '${name}':\n${outcome.output}`)
  const line = outcome.output.split('\n').find((text) => text.startsWith('{"status"'))
  return JSON.parse(line ?? '{}') as CellOutcome
}
