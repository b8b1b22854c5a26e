#!/usr/bin/env node
/**
 * Makes a fresh clone ready: a virtual environment with JupyterLab (and Node 24 where the machine's is older), npm's
 * packages, dist/, and the kernel's entry. Every step looks first whether it is done already, so a run that was broken
 * off is simply run again. Plain JavaScript for Node 20, with nothing installed.
 */
import { accessSync, constants } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { build, isBuilt } from './build.mjs'
import { main, SetupFailure } from './parts/failure.mjs'
import { installKernel, kernelReady } from './parts/kernelspec.mjs'
import { withLock } from './parts/lock.mjs'
import { ownIsNewEnough } from './parts/node.mjs'
import { installModules, modulesReady } from './parts/npm.mjs'
import { installPackages, packagesReady } from './parts/pip.mjs'
import { Progress } from './parts/progress.mjs'
import { findPython } from './parts/python.mjs'
import { inRoot, root } from './parts/root.mjs'
import { makeVenv, venvWorks } from './parts/venv.mjs'

/**
 * @param {{ forTests?: boolean }} [options] `forTests`: with the Python packages that only tests use
 * @returns {Promise<boolean>} whether there was anything to do
 */
export async function setUp({ forTests = false } = {}) {
  if (isReady(forTests)) return false
  writable(root)
  const onWait = (owner) => console.log(`socketlab: another set-up is running (process ${owner}): waiting for it`)
  return withLock(inRoot('dist', '.setting-up'), async () => (isReady(forTests) ? false : everyStep(forTests)), {
    onWait,
  })
}

const isReady = (forTests) => packagesReady(forTests) && modulesReady() && isBuilt() && kernelReady()

async function everyStep(forTests) {
  const steps = [
    {
      title: 'virtual environment in .venv',
      ready: venvWorks,
      work: async (detail) => makeVenv(await findPython(), detail),
    },
    {
      title: `JupyterLab${ownIsNewEnough() ? '' : ' and Node 24'}${forTests ? ' and its test tools' : ''}, by pip`,
      ready: () => packagesReady(forTests),
      work: (detail) => installPackages(forTests, detail),
    },
    { title: 'npm packages', ready: modulesReady, work: installModules },
    { title: 'build', ready: isBuilt, work: buildQuietly },
    { title: 'kernel ‘TypeScript (socketlab)’', ready: kernelReady, work: installKernel },
  ]
  if (!(await steps[0].ready()))
    console.log('socketlab: setting up in this folder; the first time takes a minute or two and about 1 GB.')
  const progress = new Progress(steps.length)
  for (const { title, ready, work } of steps) {
    if (await ready()) progress.skip(title)
    else await progress.step(title, work)
  }
  return true
}

async function buildQuietly(detail) {
  const lines = []
  try {
    await build({
      log: (line) => {
        lines.push(line)
        detail(line)
      },
    })
  } catch (error) {
    throw new SetupFailure('the build failed.', {
      lines: [...lines, ...error.message.split('\n').slice(0, 40)],
      cause: error,
    })
  }
}

function writable(folder) {
  try {
    accessSync(folder, constants.W_OK)
  } catch {
    throw new SetupFailure(`${folder} cannot be written to by this user, and set-up puts everything in there.`, {
      advice: 'Clone into a folder of your own, or run the set-up as its owner.',
    })
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(async () => {
    const done = await setUp({ forTests: process.argv.includes('--tests') })
    console.log(
      done ? 'socketlab: ready. Start with: npm start' : 'socketlab: everything is in place. Start with: npm start',
    )
  })
}
