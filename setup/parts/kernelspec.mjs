/**
 * The kernel's entry in the checkout's own environment, and JupyterLab's first settings there. The entry is written by
 * `socketlab install`; what is decided here is only whether it is still true.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { SetupFailure } from './failure.mjs'
import { contentHash, filesIn, readJson, writeWhole } from './files.mjs'
import { kernelNode } from './node.mjs'
import { inRoot } from './root.mjs'
import { runQuietly } from './run.mjs'
import { markAsCommonJs, venv } from './venv.mjs'

const folder = join(venv, 'share', 'jupyter')
const spec = join(folder, 'kernels', 'socketlab', 'kernel.json')
const javascript = join(folder, 'kernels', 'socketlab-javascript', 'kernel.json')
const overrides = join(folder, 'lab', 'settings', 'overrides.json')
const stampFile = join(venv, 'socketlab-kernel.json')

/** JupyterLab's settings until somebody changes them: nothing asks, or looks, on the internet. */
const settings = {
  '@jupyterlab/apputils-extension:notification': {
    fetchNews: 'false',
    checkForUpdates: false,
    doNotDisturbMode: false,
  },
}

const settingsText = `${JSON.stringify(settings, null, 2)}\n`

/** What the entry depends on: where the checkout lies, which Node runs kernels, and what it is made from. */
const inputs = () => contentHash(filesIn(inRoot('kernel', 'spec')).sort(), inRoot(), kernelNode() ?? '', settingsText)

export function kernelReady() {
  const argv = readJson(spec)?.argv
  const there = Array.isArray(argv) && [argv[0], javascript, overrides].every((path) => existsSync(path))
  return there && readJson(stampFile)?.inputs === inputs()
}

export async function installKernel(detail) {
  const { code, lines } = await runQuietly(kernelNode(), [inRoot('dist', 'cli.mjs'), 'install', '--prefix', venv], {
    onLine: detail,
  })
  if (code !== 0) throw new SetupFailure('the kernel could not be entered into the environment.', { lines })
  markAsCommonJs()
  writeWhole(overrides, settingsText)
  writeWhole(stampFile, `${JSON.stringify({ inputs: inputs() })}\n`)
}
