/**
 * Adds to a list without asking the language's prototypes: a cell may have put a setter for "0" on Array.prototype.
 */
const { defineProperty } = Reflect

export function append<T>(list: T[], item: T): void {
  const own = { __proto__: null, value: item, writable: true, enumerable: true, configurable: true }
  defineProperty(list, list.length, own)
}
