/**
 * One at a time: a lock file that a killed owner cannot leave behind for good.
 *
 * The file names its owner and is touched every few seconds while held. It is stale when its owner is gone, or when
 * nobody touched it for long (a process number may be given again, for instance in the next container).
 */
import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const touchEveryMs = 2_000
const staleAfterMs = 60_000

/**
 * Runs `work` while holding the lock at `path`.
 *
 * @template T
 * @param {string} path
 * @param {() => Promise<T>} work
 * @param {{ onWait?: (owner: number) => void }} [options] `onWait` is called once, when somebody else holds it
 * @returns {Promise<T>}
 */
export async function withLock(path, work, { onWait } = {}) {
  mkdirSync(dirname(path), { recursive: true })
  let told = false
  while (!tryTake(path)) {
    const owner = ownerOf(path)
    if (isStale(path, owner)) {
      setAside(path)
      continue
    }
    if (!told) onWait?.(owner)
    told = true
    await sleep(100)
  }
  const touch = setInterval(() => touchNow(path), touchEveryMs)
  touch.unref()
  const release = () => rmSync(path, { force: true })
  process.once('exit', release)
  try {
    return await work()
  } finally {
    clearInterval(touch)
    process.removeListener('exit', release)
    release()
  }
}

function tryTake(path) {
  try {
    const file = openSync(path, 'wx')
    writeSync(file, String(process.pid))
    closeSync(file)
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

function ownerOf(path) {
  try {
    return Number(readFileSync(path, 'utf8')) || 0
  } catch {
    return 0 // released this moment: the next try takes it
  }
}

function isStale(path, owner) {
  let age
  try {
    age = Date.now() - statSync(path).mtimeMs
  } catch {
    return false
  }
  if (age > staleAfterMs) return true
  if (owner === 0) return age > touchEveryMs // created, but its owner died before it wrote its number
  try {
    process.kill(owner, 0)
    return false
  } catch (error) {
    return error.code === 'ESRCH'
  }
}

/** Renamed first: of two who find a stale lock only one gets it, and neither removes the other's fresh one. */
function setAside(path) {
  const aside = `${path}.stale-${process.pid}`
  try {
    renameSync(path, aside)
    rmSync(aside, { force: true })
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
  }
}

function touchNow(path) {
  try {
    const now = new Date()
    utimesSync(path, now, now)
  } catch {
    // Removed by hand: losing the lock file must not end the work that it protects.
  }
}
