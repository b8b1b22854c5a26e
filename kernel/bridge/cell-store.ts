/**
 * Compiled cells on the disk, by key: what a kernel has compiled, another one need not wait for. Written when nobody
 * asks; the oldest go. Where the folder cannot be used nothing is kept.
 * Knows nothing of the compiler, nor what a key is made of.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod/mini'
import type { ConvertAnswer } from './compiler-api.ts'
import { stillHolds } from './disk-stamps.ts'
import { cacheFolder, makeFolder, mustBeOurs } from './made-files.mjs'

const position = z.object({ line: z.number(), column: z.number() })

/** What runs of a cell without errors. Local files are not among it: they may change. */
const keptSchema = z.object({
  javascript: z.string(),
  map: z.string(),
  awaits: z.boolean(),
  result: z.optional(z.string()),
  declares: z.array(z.string()),
  early: z.array(z.string()),
  notes: z.array(
    z.object({
      code: z.number(),
      category: z.enum(['error', 'warning']),
      message: z.string(),
      file: z.string(),
      start: position,
      end: position,
      frame: z.string(),
    }),
  ),
  /** What it was made of besides the cells: it holds as long as these do. */
  reads: z.array(z.tuple([z.string(), z.string()])),
  /** Where it was compiled: what `reads` names was found from there. */
  folder: z.string(),
})

export type KeptCell = z.infer<typeof keptSchema>

export interface CellStore {
  /** What was kept under the key, if it still holds for a notebook in this folder. */
  find(key: string, folder: string): KeptCell | undefined
  keep(key: string, cell: KeptCell): void
  /** It was wrong. */
  drop(key: string): void
  /** Writes what is not yet written. */
  close(): void
}

/** What is kept of an answer; undefined: nothing. */
export function keptOf(answer: ConvertAnswer, reads: KeptCell['reads'], folder: string): KeptCell | undefined {
  if (!answer.ok || answer.files.length > 0) return undefined
  const { javascript, map, awaits, result, declares, early, notes } = answer
  return { javascript, map, awaits, ...(result !== undefined && { result }), declares, early, notes, reads, folder }
}

/** A cell is some 3 KB: a term's lessons and exercises, in 20 MB at most. */
const MOST = 5000
/** Files of ours, whole or half written: SOCKETLAB_COMPILED_CELLS may name a folder that has others too. */
const OURS = /^[\w-]{43}\.json(\.\d+)?$/
/** What is longer is compiled again. */
const LONGEST = 200_000
/** Not before the reply is out; a kernel that is killed loses no more than this. */
const WRITE_AFTER_MS = 50

/**
 * SOCKETLAB_COMPILED_CELLS names the folder, or says `off`. A folder that others may write to is not used: what lies in
 * it is run.
 *
 * @param onLog told why nothing is kept
 */
export function openCellStore(env: NodeJS.ProcessEnv, onLog: (text: string) => void): CellStore | undefined {
  const wanted = env.SOCKETLAB_COMPILED_CELLS
  if (wanted === 'off') return undefined
  try {
    const folder = wanted || join(cacheFolder(env), 'socketlab', 'cells')
    makeFolder(folder, 0o700)
    mustBeOurs(folder)
    return store(folder)
  } catch (error) {
    onLog(`compiled cells are not kept: ${(error as Error).message}`)
    return undefined
  }
}

function store(folder: string): CellStore {
  const fileOf = (key: string) => join(folder, `${key}.json`)
  const unwritten = new Map<string, KeptCell>()
  let timer: NodeJS.Timeout | undefined
  let pruned = false

  /** Renamed when it is whole: another kernel reads all of it, or nothing. */
  async function write(): Promise<void> {
    for (const [key, cell] of unwritten) {
      const text = textOf(cell)
      const scratch = `${fileOf(key)}.${process.pid}`
      try {
        if (text !== undefined) {
          await writeFile(scratch, text, { mode: 0o600 })
          await rename(scratch, fileOf(key))
        }
      } catch {
        // No room: it is compiled again.
        await rm(scratch, { force: true })
      }
      if (unwritten.get(key) === cell) unwritten.delete(key)
    }
    timer = undefined
    if (!pruned) await prune(folder)
    pruned = true
  }

  return {
    find(key, folder) {
      try {
        const cell = unwritten.get(key) ?? keptSchema.parse(JSON.parse(readFileSync(fileOf(key), 'utf8')))
        if (cell.reads.length > 0 && cell.folder !== folder) return undefined
        return cell.reads.every(stillHolds) ? cell : undefined
      } catch {
        // Not there, or half of it: the compiler is asked.
        return undefined
      }
    },
    keep(key, cell) {
      unwritten.set(key, cell)
      timer ??= setTimeout(() => void write().catch(() => {}), WRITE_AFTER_MS)
    },
    drop(key) {
      unwritten.delete(key)
      rmSync(fileOf(key), { force: true })
    },
    close() {
      clearTimeout(timer)
      for (const [key, cell] of unwritten) {
        const text = textOf(cell)
        try {
          if (text !== undefined) writeFileSync(fileOf(key), text, { mode: 0o600 })
        } catch {
          return
        }
      }
    },
  }
}

/** undefined where it is too long to be kept. */
function textOf(cell: KeptCell): string | undefined {
  const text = JSON.stringify(cell)
  return text.length <= LONGEST ? text : undefined
}

/** Those that were written first go, until a quarter of the room is free. */
async function prune(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => OURS.test(name))
  if (names.length <= MOST) return
  const aged: { path: string; written: number }[] = []
  for (const name of names) {
    const path = join(folder, name)
    const written = await stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => 0,
    )
    aged.push({ path, written })
  }
  aged.sort((a, b) => a.written - b.written)
  for (const { path } of aged.slice(0, aged.length - MOST * 0.75)) await rm(path, { force: true })
}
