/**
 * Where no types are checked the names of all cells are a script's: a function finds those that a later cell declares, for
 * nobody has asked whether there are any; and `globalThis.name` is one of them. Knows nothing of cells.
 */

// Taken before any cell runs.
const { defineProperty, get, has, set } = Reflect

/** Lets whoever asks for a global find these names of the notebook; what is there already stays what it is. */
export function nameGlobally(bindings: object, names: readonly string[]): void {
  for (const name of names) {
    if (has(globalThis, name)) continue
    defineProperty(globalThis, name, {
      get: () => get(bindings, name) as unknown,
      set: (value: unknown) => void set(bindings, name, value),
      enumerable: false,
      configurable: true,
    })
  }
}
