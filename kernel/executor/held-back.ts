/**
 * Names that a cell may ask for before their declaration has run: reading one throws, as it does in JavaScript, instead of
 * giving undefined. Knows nothing of where the names are kept.
 */

// Taken before any cell runs.
const { defineProperty, deleteProperty, getOwnPropertyDescriptor } = Reflect

/**
 * Holds the new ones among `names` back until something is put into them; one that has a value of an earlier cell keeps it.
 * `onValue` is called after each that gets its value. The function that comes back gives up those that never got one.
 */
export function holdBack(bindings: object, names: readonly string[], onValue: () => void): () => void {
  const held = names.filter((name) => getOwnPropertyDescriptor(bindings, name) === undefined)
  for (const name of held)
    defineProperty(bindings, name, {
      get: () => {
        throw new ReferenceError(`Cannot access '${name}' before initialization`)
      },
      set: (value: unknown) => {
        defineProperty(bindings, name, { value, writable: true, enumerable: true, configurable: true })
        onValue()
      },
      // Whoever lists the names of the notebook meets no exception.
      enumerable: false,
      configurable: true,
    })
  return () => {
    for (const name of held) if (getOwnPropertyDescriptor(bindings, name)?.get) deleteProperty(bindings, name)
  }
}

/** What to say of it, below the error's first line; V8 says the same within functions and blocks. */
export function askedTooEarly(error: Error): string | undefined {
  if (!(error instanceof ReferenceError)) return undefined
  const name = /^Cannot access '(.+)' before initialization$/.exec(error.message)?.[1]
  return name === undefined
    ? undefined
    : `→ \`${name}\` gets its value further down: move the line that declares it above the first line that needs it.`
}
