/**
 * A compiler that remembers: a cell that was compiled before, by any kernel, after the same cells, is answered at once,
 * and the compiler hears of it when it disturbs nobody. A notebook that is run again, from its first cell on, waits for no
 * compilation.
 * What the compiler then says is compared: a memory that was wrong does not last.
 * Knows nothing of how cells are compiled, nor of where answers are kept.
 */
import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { type CellStore, type KeptCell, keptOf } from './cell-store.ts'
import { type Compiler, type CompilerProcess, CompilerStopped } from './compiler.ts'
import type { ConvertAnswer } from './compiler-api.ts'

/** A compiler beside them makes cells twice as slow where two processors are one core's: not before they have ended. */
const REST_MS = 50
/** How often it is told to keep still: it begins with something of its own after 300 ms. */
const STILL_MS = 100
/** Who types while a cell runs wants completion. */
const LONG_CELL_MS = 200

interface Cell {
  key: string
  code: string
  name: string
  check: boolean
}

/**
 * @param base all that answers depend on besides the cells and the disk: the compiler itself, the language
 * @param folder where packages are looked for from
 */
export function rememberCells(
  inner: CompilerProcess,
  store: CellStore,
  base: readonly string[],
  folder: string,
  onLog: (text: string) => void,
): Compiler {
  /** Stands for all cells that are accepted, in their order, and for what was read from the disk for them. */
  let chain = digest(base)
  /** Answered from memory; the compiler is yet to hear of them. */
  const untold: (Cell & { known: KeptCell })[] = []
  let telling: Promise<void> | undefined
  /** Somebody waits for the compiler to know all cells. */
  let wanted = 0
  /** No cell from memory runs, or one that runs on and on. */
  let resting = true
  let timer: NodeJS.Timeout | undefined
  let stillSince = -Infinity
  /** The conversion under way: the next cell comes after its. */
  let converting: Promise<unknown> | undefined
  /** What the compiler has looked at since an answer was last kept. */
  let reads: KeptCell['reads'] = []
  /** How often it was stopped. */
  let stops = 0
  /** False once a cell depends on what may change between any two cells. */
  let lasting = true

  function heard(answer: ConvertAnswer): void {
    if (answer.reads) reads.push(...answer.reads)
    else lasting = false
  }

  function keep(key: string, answer: ConvertAnswer): void {
    const kept = lasting ? keptOf(answer, reads, folder) : undefined
    if (kept) store.keep(key, kept)
  }

  /** The cells after one that imports a package mean the package as it was. */
  const after = (key: string, read: KeptCell['reads']): string =>
    read.length === 0 ? key : digest([key, folder, JSON.stringify(read)])

  async function tell(): Promise<void> {
    for (let cell = untold[0]; cell && (resting || wanted > 0); cell = untold[0]) {
      const answer = await compile(cell, true)
      untold.shift()
      const { known } = cell
      if (!answer.ok) {
        store.drop(cell.key)
        // It ran, and the compiler does not know its names: what comes now is no other notebook's.
        lasting = false
        onLog(`${cell.name} was taken from memory, and has errors: ${answer.diagnostics[0]?.message}`)
      } else if (!isSame(known, keptOf(answer, known.reads, known.folder))) keep(cell.key, answer)
      // What a cell that failed has loaded, or a completion, is not looked at again: it counts for the next that is kept.
      const counted = new Set(known.reads.map(String))
      reads = reads.filter((read) => !counted.has(String(read)))
    }
  }

  const go = (): Promise<void> => {
    telling ??= tell().finally(() => {
      telling = undefined
    })
    return telling
  }

  /** Tells what is untold, until a cell comes that is answered from memory. Where it fails, who asks next tries again. */
  function meanwhile(): void {
    resting = true
    go().catch(() => {})
  }

  /** Resolves when the compiler knows all cells; undefined: it does. Rejects with ■, or when it died. */
  function told(): Promise<void> | undefined {
    return untold.length > 0 || telling ? tellAll() : undefined
  }

  async function tellAll(): Promise<void> {
    wanted++
    try {
      do await go()
      while (untold.length > 0)
    } finally {
      wanted--
    }
  }

  function compile({ code, name, check }: Cell, kept: boolean): Promise<ConvertAnswer> {
    inner.check = check
    return inner.convert(code, name, kept).then((answer) => {
      heard(answer)
      return answer
    })
  }

  /** Resolves at once, but for the first time: a compiler that starts takes as much from the cells as one that works. */
  function quiet(): Promise<unknown> {
    const due = performance.now() - stillSince > STILL_MS
    if (!due) return Promise.resolve()
    const first = stillSince < 0
    stillSince = performance.now()
    const heard = inner.keepStill()
    if (first) return heard
    // Whoever asks it something is told that it has died.
    heard.catch(() => {})
    return Promise.resolve()
  }

  function convertNow(cell: Omit<Cell, 'key'>, accept: boolean): Promise<ConvertAnswer> {
    const key = digest([chain, cell.name, String(cell.check), cell.code])
    const known = accept && lasting ? store.find(key, folder) : undefined
    if (known) {
      const { folder: _folder, ...answer } = known
      return quiet().then(() => {
        chain = after(key, known.reads)
        untold.push({ key, known, ...cell })
        resting = false
        clearTimeout(timer)
        timer = setTimeout(meanwhile, LONG_CELL_MS)
        return { ok: true, scope: '', files: [], ...answer }
      })
    }
    // Where the compiler knows all cells the question leaves before the caller goes on.
    const first = told()
    const answered = first ? first.then(() => compile({ key, ...cell }, accept)) : compile({ key, ...cell }, accept)
    return answered.then((answer) => {
      if (answer.ok && accept) {
        chain = after(key, reads)
        keep(key, answer)
        reads = []
      }
      return answer
    })
  }

  return {
    check: inner.check,
    convert(code, name, accept = true) {
      const cell = { code, name, check: this.check }
      const before = converting
      const at = stops
      const inTurn = () => {
        // ■ is for who waits behind another cell of a subshell, too.
        if (stops !== at) throw new CompilerStopped('the compiler was stopped')
        return convertNow(cell, accept)
      }
      const conversion = (before ? before.then(inTurn) : convertNow(cell, accept)).finally(() => {
        if (converting === settled) converting = undefined
      })
      const settled = conversion.catch(() => {})
      converting = settled
      return conversion
    },
    async ask(...question) {
      await converting
      await told()
      return inner.ask(...question)
    },
    isComplete: (code) => inner.isComplete(code),
    restart() {
      stops++
      inner.restart()
    },
    rest() {
      if (untold.length === 0) return
      clearTimeout(timer)
      timer = setTimeout(meanwhile, REST_MS)
    },
    close() {
      store.close()
      inner.close()
    },
  }
}

const isSame = (one: KeptCell, other: KeptCell | undefined): boolean =>
  other !== undefined && isDeepStrictEqual(one, other)

const digest = (parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url')
