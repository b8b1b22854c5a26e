/**
 * Which names of a cell may be asked for before their `let`, `const` or `class` has run. JavaScript throws then; as
 * properties of `exports` they would read undefined. By what each statement names, not by what really runs: one name too
 * many costs some microseconds. Knows nothing of syntax trees.
 */
export class TooEarly {
  readonly #named: Set<string>[] = []
  readonly #declared: string[][] = []
  /** What a function declaration names counts where the function is named: by itself it does nothing. */
  readonly #functions = new Map<string, Set<string>>()

  /** The next statement; `functionName` is that of a function declaration. */
  statement(functionName?: string): void {
    const named = new Set<string>()
    this.#named.push(named)
    this.#declared.push([])
    if (functionName !== undefined) this.#functions.set(functionName, named)
  }

  /** The statement names one of the cell's own, at whatever depth. */
  names(name: string): void {
    this.#named.at(-1)?.add(name)
  }

  /** The statement gives this name its first value. */
  declares(name: string): void {
    this.#declared.at(-1)?.push(name)
  }

  found(): string[] {
    const found: string[] = []
    const reached = new Set<string>()
    const reach = (name: string) => {
      if (reached.has(name)) return
      reached.add(name)
      for (const within of this.#functions.get(name) ?? []) reach(within)
    }
    const bodies = new Set(this.#functions.values())
    this.#named.forEach((named, at) => {
      if (bodies.has(named)) return
      // What the statement itself calls comes before the value that it gives; what it names itself is checked by types.
      for (const name of named) for (const within of this.#functions.get(name) ?? []) reach(within)
      for (const name of this.#declared[at] ?? []) if (reached.has(name)) found.push(name)
      for (const name of named) reach(name)
    })
    return found
  }
}
