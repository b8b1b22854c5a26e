#!/usr/bin/env node
/**
 * `npm start`: set-up where something is missing, then JupyterLab on the lessons. Options after `--` are JupyterLab's.
 * Plain JavaScript for Node 20, with nothing installed.
 */
import { main } from './parts/failure.mjs'
import { labArguments, labEnv } from './parts/jupyter.mjs'
import { inRoot } from './parts/root.mjs'
import { runInOurPlace } from './parts/run.mjs'
import { venvPython } from './parts/venv.mjs'
import { setUp } from './setup.mjs'

await main(async () => {
  await setUp()
  console.log('socketlab: starting JupyterLab. Ctrl-C ends it.')
  return runInOurPlace(venvPython, labArguments(process.argv.slice(2)), { cwd: inRoot('notebooks'), env: labEnv() })
})
