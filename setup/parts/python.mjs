/**
 * Finding a Python that can make a virtual environment. Knows nothing of what is installed into it.
 */
import { SetupFailure } from './failure.mjs'
import { runQuietly } from './run.mjs'

const oldest = [3, 10]
/** The versions in constraints.txt were chosen on 3.11; an older Python gets what pip finds for it. */
export const pinnedFrom = [3, 11]

const names = ['python3', 'python', ...[14, 13, 12, 11, 10].map((minor) => `python3.${minor}`)]

const probe = `
import json, sys
from importlib.util import find_spec
missing = [name for name in ("venv", "ensurepip") if find_spec(name) is None]
print(json.dumps({"version": list(sys.version_info[:3]), "path": sys.executable, "missing": missing}))`

/**
 * The first Python on the PATH (or SOCKETLAB_PYTHON) that is new enough and can make environments.
 *
 * @returns {Promise<{ command: string[], version: number[], path: string }>}
 */
export async function findPython(env = process.env) {
  const chosen = env.SOCKETLAB_PYTHON
  const commands = chosen ? [[chosen]] : [...names.map((name) => [name]), ['py', '-3']]
  const refused = []
  let older
  for (const command of commands) {
    const found = await ask(command)
    if (!found) continue
    const refusal = refusalOf(found)
    if (refusal) refused.push(refusal)
    else if (atLeast(found.version, pinnedFrom)) return { command, ...found }
    else older ??= { command, ...found }
  }
  if (older) return older
  throw noPython(chosen, refused)
}

async function ask([command, ...args]) {
  try {
    const { code, text } = await runQuietly(command, [...args, '-c', probe])
    return code === 0 ? JSON.parse(text.slice(text.indexOf('{'))) : undefined
  } catch {
    return undefined // not on the PATH, or not a Python
  }
}

function refusalOf({ version, path, missing }) {
  const label = `Python ${version.join('.')} (${path})`
  if (!atLeast(version, oldest)) return { text: `${label} is too old`, advice: undefined }
  if (missing.length === 0) return undefined
  const short = version.slice(0, 2).join('.')
  return {
    text: `${label} has no ${missing.join(' and no ')} module, which virtual environments need`,
    advice: `On Debian or Ubuntu:  sudo apt install python3-venv   (or python${short}-venv)\nThen run the same command again.`,
  }
}

function noPython(chosen, refused) {
  const wanted = `Python ${oldest.join('.')} or newer`
  const text = refused.map((one) => one.text).filter((one, at, all) => all.indexOf(one) === at)
  const advice = refused.find((one) => one.advice)?.advice
  if (text.length > 0) {
    return new SetupFailure(`${text.join('; ')}.`, {
      advice: advice ?? `Install ${wanted}, then run the same command again.`,
    })
  }
  if (chosen) return new SetupFailure(`SOCKETLAB_PYTHON is ${chosen}, which is not a Python 3.`)
  return new SetupFailure(`there is no Python on the PATH; JupyterLab needs ${wanted}.`, {
    advice:
      'Install it (Debian or Ubuntu: sudo apt install python3 python3-venv · macOS: brew install python · Windows: from python.org),\n' +
      'or set SOCKETLAB_PYTHON to the one to use. Then run the same command again.',
  })
}

/** @param {number[]} version @param {number[]} least */
export function atLeast(version, least) {
  for (const [at, part] of least.entries()) {
    if ((version[at] ?? 0) !== part) return (version[at] ?? 0) > part
  }
  return true
}
