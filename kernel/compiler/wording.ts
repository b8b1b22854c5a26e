/**
 * TypeScript's messages in words for a beginner: names without the folders and parameters that only the compiler cares
 * about, and below it what to write instead, for the mistakes that hints.ts knows.
 */
import ts from 'typescript'
import { hintFor } from './hints.ts'

/** How a cell is called in messages, by the number in TypeScript's name of its file. */
const cellNames = new Map<number, string>()

export function nameCell(serial: number, name: string): void {
  cellNames.set(serial, name)
}

export const cellName = (serial: number) => cellNames.get(serial) ?? 'an earlier cell'

/** The message of one diagnostic. */
export function inPlainWords(diagnostic: ts.Diagnostic): string {
  const message = withoutFolders(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'))
  const hint = hintFor(diagnostic, message)
  return hint === undefined ? message : `${message}\n→ ${hint}`
}

/** `import("/home/…/__tslab__3").P` is `P of cell [2]`; a Buffer's parameter says nothing to anybody here. */
function withoutFolders(message: string): string {
  return message
    .replace(/import\("[^"]*__tslab__(\d+)"\)\.([\w$.]+)/g, (_, serial: string, name: string) => {
      const cell = cellNames.get(Number(serial))
      return cell ? `${name} of ${cell}` : name
    })
    .replace(/(?:typeof )?import\("[^"]*"\)\.([\w$.]+)/g, '$1')
    .replace(/import\("[^"]*[\\/](\w+)[\\/]index"\)/g, '$1')
    .replace(/'"[^"]*[\\/](\w+)[\\/]index"'/g, "'$1'")
    .replace(/\b(Uint8Array|Buffer)<(?:ArrayBufferLike|ArrayBuffer)>/g, '$1')
    .replace(/'"[^"]*[\\/][^"]*"\.([\w$.]+)'/g, "'$1'")
    .replace(/Socket<any>/g, 'Socket')
}
