/**
 * A class with private members whose cell was run again: what earlier cells declare means the newest one from then on.
 * So a function of an earlier cell takes the objects of a mended class. Only asked where a cell would be refused; knows
 * nothing of how a new checker is made, which must follow.
 */
import type ts from 'typescript'
import type { Generations } from './generations.ts'
import { asFile, type BoundFile } from './internals.ts'
import type { Scopes } from './living-scopes.ts'

/**
 * "Property … does not exist on type …": an object that was made before does not have what the newest class has. But
 * `instanceof` makes nothing, `never`, of one that it takes for a stranger.
 */
const isMissing = ({ code, messageText }: ts.Diagnostic): boolean =>
  (code === 2339 || code === 2551) && typeof messageText === 'string' && !messageText.includes("'never'")

export class RunAgain {
  readonly #generations: Generations
  readonly #scopes: Scopes
  readonly #cells: readonly BoundFile[]
  #undo: (() => void)[] = []
  readonly #replaced = new Map<ts.Symbol, ts.Symbol>()

  constructor(generations: Generations, scopes: Scopes, cells: readonly BoundFile[]) {
    this.#generations = generations
    this.#scopes = scopes
    this.#cells = cells
  }

  /** Puts the newest classes where earlier ones were, if that may mend what was found; tells whether there were any. */
  rebind(found: readonly ts.Diagnostic[], cell: BoundFile, serial: number, checker: ts.TypeChecker): boolean {
    if (found.every(isMissing)) return false
    const again = this.#generations.strangers(cell, serial, checker)
    const undo = this.#scopes.replace(again, this.#cells)
    if ([...again.values()].some(({ declarations }) => declarations?.[0]?.getSourceFile() === asFile(cell))) {
      this.#undo.push(...undo)
      for (const [old, now] of again) this.#replaced.set(old, now)
    } else this.#generations.forget(again)
    return undo.length > 0
  }

  /** The cell has passed, and so its classes stay. */
  keep(): void {
    this.#undo = []
    this.#generations.forget(this.#replaced)
    this.#replaced.clear()
  }

  /** A cell that failed leaves no classes behind; tells whether there were any. */
  takeBack(): boolean {
    const undo = this.#undo
    this.#undo = []
    this.#replaced.clear()
    for (const step of undo) step()
    return undo.length > 0
  }
}
