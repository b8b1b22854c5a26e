/**
 * One at a time: a lock file that a killed owner cannot leave behind for good.
 *
 * The file names its owner, and the programs that the owner started: npm and pip go on when a set-up is killed, and
 * whoever comes next must wait for them. It is stale when none of these processes is left.
 */
import {
  closeSync,
  constants,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** Where a process can only be told by its number, which may be given again, a lock is believed for so long. */
const believedForMs = 10 * 60_000
/** Between making the file and writing the owner into it. */
const namelessForMs = 2_000

const held = new Set()

/**
 * Runs `work` while holding the lock at `path`.
 *
 * @template T
 * @param {string} path
 * @param {() => Promise<T>} work
 * @param {{ onWait?: (owner: string) => void }} [options] `onWait` is called once, when somebody else holds it
 * @returns {Promise<T>}
 */
export async function withLock(path, work, { onWait } = {}) {
  mkdirSync(dirname(path), { recursive: true })
  let told = false
  while (!tryTake(path)) {
    const { holder, text } = holderOf(path)
    if (holder === undefined) {
      setAside(path, text)
      continue
    }
    if (!told && holder !== '') {
      onWait?.(holder)
      told = true
    }
    await sleep(100)
  }
  held.add(path)
  const release = () => {
    held.delete(path)
    rmSync(path, { force: true })
  }
  process.once('exit', release)
  try {
    return await work()
  } finally {
    process.removeListener('exit', release)
    release()
  }
}

/** A program that we started: should we be killed, the locks that we hold are held until it has ended too. */
export function alsoHeldBy(pid) {
  for (const path of held) {
    try {
      const file = openSync(path, constants.O_WRONLY | constants.O_APPEND)
      writeSync(file, `${identity(pid)}\n`)
      closeSync(file)
    } catch (error) {
      if (error.code !== 'ENOENT') throw error // somebody removed dist/: not ours to make a new lock of
    }
  }
}

function tryTake(path) {
  try {
    const file = openSync(path, 'wx')
    writeSync(file, `${identity(process.pid)}\n`)
    closeSync(file)
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

/**
 * Who holds the lock: the number of a process, or '' when that cannot be told yet. Nobody, when the lock is stale:
 * then `text` is what the stale file said.
 */
function holderOf(path) {
  try {
    const age = Date.now() - statSync(path).mtimeMs
    const text = readFileSync(path, 'utf8')
    const names = text.split('\n').filter(Boolean)
    if (names.length === 0) return { holder: age > namelessForMs ? undefined : '', text }
    return { holder: names.find((name) => isAlive(name, age))?.split(':')[0], text }
  } catch (error) {
    if (error.code === 'ENOENT') return { holder: '', text: '' } // released this moment: the next try takes it
    throw error
  }
}

/** `number:time of start`; without the second half where the system does not tell (it is Linux that does). */
function identity(pid) {
  const [state, start] = linuxStat(pid)
  return state === 'Z' ? '' : `${pid}:${start}`
}

function linuxStat(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ') // a program's name may have spaces
    return [fields[0], fields[19]]
  } catch {
    return ['', '']
  }
}

function isAlive(name, age) {
  const [pid, start] = name.split(':')
  if (start) return identity(Number(pid)) === name
  try {
    process.kill(Number(pid), 0)
    return age < believedForMs
  } catch (error) {
    return error.code === 'EPERM' && age < believedForMs
  }
}

/**
 * Renamed first: of two who find a stale lock only one gets it. The other may have got the first one's fresh lock
 * instead, as its text shows: that goes back.
 */
function setAside(path, text) {
  const aside = `${path}.stale-${process.pid}`
  try {
    renameSync(path, aside)
    if (readFileSync(aside, 'utf8') !== text) linkSync(aside, path)
    rmSync(aside, { force: true })
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error
  }
}
