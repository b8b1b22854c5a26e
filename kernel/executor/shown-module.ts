/**
 * How a module of the preloaded library is shown as a result: in one line, as Python does, not by hundreds of getters.
 * Knows no module.
 */
import { inspect } from 'node:util'

/** So many names fit into a line or two; of more, Tab shows them better. */
const FEW = 40

function inOneLine(name: string, module: object): string {
  const names = Object.keys(module)
  const what =
    names.length <= FEW
      ? names.join(', ')
      : `${names.length} names, which Tab behind \`${name}.\` lists; \`${name}?\` in a cell tells more`
  return `<module ${name}: ${what}>`
}

export function showInOneLine(name: string, module: object): void {
  // Not enumerable: nobody who looks through the module meets it.
  Object.defineProperty(module, inspect.custom, { value: () => inOneLine(name, module), configurable: true })
}
