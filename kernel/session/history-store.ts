/**
 * History in a SQLite file, in the tables that IPython uses: sessions and history. Several kernels share it.
 * Where it cannot be opened or written, a kernel has the history of its own session only.
 */
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { makeFolder } from '../bridge/made-files.mjs'
import type { Entry, HistoryStore } from './history.ts'
import type { Log } from './log.ts'

const SCHEMA = `
  PRAGMA busy_timeout = 500;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = OFF;
  CREATE TABLE IF NOT EXISTS sessions (session INTEGER PRIMARY KEY AUTOINCREMENT, start TEXT, end TEXT, num_cmds INTEGER, remark TEXT);
  CREATE TABLE IF NOT EXISTS history (session INTEGER, line INTEGER, source TEXT, source_raw TEXT, PRIMARY KEY (session, line));
  CREATE TABLE IF NOT EXISTS output_history (session INTEGER, line INTEGER, output TEXT, PRIMARY KEY (session, line));`

/** A commit costs milliseconds of the thread that answers: entries are written together, when nothing is asked. */
const WRITE_AFTER_MS = 1000

/** More is read by nobody, and each costs the thread that answers. */
const MOST = 5000

const EARLIER = `
  SELECT h.session AS session, h.line AS line, h.source_raw AS input, o.output AS output
  FROM (SELECT * FROM history WHERE session < ? ORDER BY session DESC, line DESC LIMIT ?) h
  LEFT JOIN output_history o ON o.session = h.session AND o.line = h.line
  ORDER BY h.session, h.line`

/**
 * SOCKETLAB_HISTORY names the file, or says `off`. Throws where no other place is named and the user has no home: a
 * container may run a kernel under a number that no user has.
 */
function historyFile(env: NodeJS.ProcessEnv): string | undefined {
  if (env.SOCKETLAB_HISTORY === 'off') return undefined
  if (env.SOCKETLAB_HISTORY) return env.SOCKETLAB_HISTORY
  const data = env.JUPYTER_DATA_DIR || join(env.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'jupyter')
  return join(data, 'socketlab', 'history.sqlite')
}

export function openHistoryStore(env: NodeJS.ProcessEnv, log: Log): HistoryStore | undefined {
  let file: string | undefined
  try {
    file = historyFile(env)
    if (file === undefined) return undefined
    makeFolder(dirname(file))
    const { DatabaseSync } = require('node:sqlite') as typeof import('node:sqlite')
    return store(new DatabaseSync(file), log)
  } catch (error) {
    log(`history: ${file ?? 'its file'} cannot be used: ${(error as Error).message}`)
    return undefined
  }
}

function store(database: DatabaseSync, log: Log): HistoryStore {
  database.exec(SCHEMA)
  const begin = database.prepare('INSERT INTO sessions (start) VALUES (?)')
  const session = Number(begin.run(new Date().toISOString()).lastInsertRowid)
  const input = database.prepare('INSERT OR REPLACE INTO history VALUES (?, ?, ?, ?)')
  const output = database.prepare('INSERT OR REPLACE INTO output_history VALUES (?, ?, ?)')
  const earlier = database.prepare(EARLIER)
  let written = 0
  let pending: Entry[] = []
  let timer: NodeJS.Timeout | undefined
  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    if (pending.length === 0) return
    try {
      database.exec('BEGIN')
      for (const entry of pending) {
        input.run(session, entry.line, entry.input, entry.input)
        if (entry.output !== null) output.run(session, entry.line, entry.output)
      }
      database.exec('COMMIT')
      written += pending.length
      pending = []
    } catch (error) {
      log(`history: ${(error as Error).message}`)
      // Left open it would be in the way of other kernels, and of the next one here, which takes these entries with it.
      if (database.isTransaction) database.exec('ROLLBACK')
    }
  }
  return {
    session,
    write(entry) {
      pending.push(entry)
      timer ??= setTimeout(flush, WRITE_AFTER_MS)
    },
    earlier: (newest = MOST) => earlier.all(session, Math.ceil(Math.min(newest, MOST))) as unknown as Entry[],
    close() {
      flush()
      try {
        const end = database.prepare('UPDATE sessions SET end = ?, num_cmds = ? WHERE session = ?')
        end.run(new Date().toISOString(), written, session)
        database.close()
      } catch (error) {
        log(`history: ${(error as Error).message}`)
      }
    },
  }
}
