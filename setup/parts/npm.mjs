/**
 * npm packages, exactly as package-lock.json has them. No package's install script is run: each one used here works
 * without, and scripts that compile or download are what fails most on other machines.
 */
import { accessSync, constants, existsSync, mkdirSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { SetupFailure } from './failure.mjs'
import { readJson } from './files.mjs'
import { inRoot } from './root.mjs'
import { runQuietly } from './run.mjs'
import { broughtNode, venv } from './venv.mjs'

/**
 * npm writes node_modules/.package-lock.json last, so a half-finished installation has none; and it lists what is
 * there, so packages of another platform (a checkout shared with a container) are seen too.
 */
export function modulesReady() {
  const wanted = readJson(inRoot('package-lock.json'))?.packages
  const there = readJson(inRoot('node_modules', '.package-lock.json'))?.packages
  if (!wanted || !there) return false
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true
    const found = there[path]
    return found ? found.version === entry.version : !isNeededHere(entry)
  })
}

function isNeededHere({ optional, os, cpu, libc }) {
  if (!optional) return true
  if (!os || !cpu || libc) return false
  return os.includes(process.platform) && cpu.includes(process.arch)
}

export async function installModules(detail) {
  // npm removes it too, but gives up on what a broken-off run left half removed.
  rmSync(inRoot('node_modules'), { recursive: true, force: true, maxRetries: 5 })
  const [command, ...first] = npm()
  const args = [...first, 'ci', '--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund']
  const failed = (error) => ({ code: 1, text: error.message })
  const { code, text } = await runQuietly(command, [...args, ...cacheArgs()], { cwd: inRoot(), onLine: detail }).catch(
    failed,
  )
  if (code !== 0)
    throw new SetupFailure('npm could not install the npm packages.', { lines: told(text), advice: adviceFor(text) })
}

/** npm's last lines, without its warnings and the page on how to use it that follows some mistakes. */
function told(text) {
  const [before] = text.split(/^npm (?:error|ERR!) Clean install a project/m)
  return before
    .split('\n')
    .filter((line) => line.trim() && !/^npm (warn|WARN)/.test(line))
    .slice(-15)
}

/** The npm that started us, or the one beside this Node, or the one that came with the brought Node, or the PATH's. */
function npm() {
  const started = process.env.npm_execpath
  const beside = (node) => join(dirname(dirname(node)), 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js')
  const found = [
    basename(started ?? '') === 'npm-cli.js' ? started : undefined,
    beside(process.execPath),
    beside(broughtNode()),
  ].find((path) => path && existsSync(path))
  if (found) return [process.execPath, found]
  return process.platform === 'win32' ? ['cmd.exe', '/d', '/c', 'npm.cmd'] : ['npm']
}

/** Where the home folder cannot be written to (a container's `nobody`), npm's cache goes beside the environment. */
function cacheArgs() {
  const cache = process.env.npm_config_cache ?? join(homedir(), '.npm')
  try {
    mkdirSync(cache, { recursive: true })
    accessSync(cache, constants.W_OK)
    return []
  } catch {
    return ['--cache', join(venv, 'npm-cache')]
  }
}

function adviceFor(text) {
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|network/i.test(text)) {
    return (
      'The npm registry does not answer. Check the network, and behind a proxy HTTPS_PROXY or npm’s settings\n' +
      '(npm config list). Then run the same command again: it goes on where it stopped.'
    )
  }
  if (/ENOSPC/.test(text)) return 'The disk is full: about 1 GB is needed. Then run the same command again.'
  if (/EACCES|EPERM|EROFS/.test(text)) return `Somebody else owns files in ${inRoot('node_modules')} or in npm’s cache.`
  return 'The lines above are npm’s own. When the cause is gone, run the same command again.'
}
