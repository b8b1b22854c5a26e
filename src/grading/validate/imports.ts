/**
 * Which of the library's names a check uses without importing them. What a student's cell declares under such a name
 * would be called instead; an import in the check itself brings the real ones back.
 *
 * Knows text only: strings and comments are left out, and what the cell declares.
 */
const NAMES = [
  'bytes',
  'check',
  'lab',
  'queue',
  'repr',
  'select',
  'selectors',
  'sleep',
  'socket',
  'socketserver',
  'struct',
  'threading',
]

/** These are the real ones wherever work is graded: kernel/executor/harden.ts. */
const SAFE: ReadonlySet<string> = new Set(['check', 'lab'])

/** In the order of the alphabet; empty for a cell that is safe. */
export function missingImports(source: string): string[] {
  const code = withoutTexts(source)
  const imported = new Set(
    [...code.matchAll(/\bimport\s*\{([^}]*)\}/g)].flatMap((match) =>
      match[1]!.split(',').map(
        (one) =>
          one
            .trim()
            .split(/\s+as\s+/)
            .at(-1)!,
      ),
    ),
  )
  const missing = NAMES.filter(
    (name) =>
      !imported.has(name) &&
      new RegExp(`(?<![.\\w$])${name}(?=\\s*[.(\`])`).test(code) &&
      !new RegExp(`\\b(?:const|let|var|function|class)\\s+${name}\\b`).test(code),
  )
  return missing.every((name) => SAFE.has(name)) ? [] : missing
}

/** The source with the line that imports them, apart from what is no import. */
export function withImports(source: string): string {
  const names = missingImports(source)
  if (names.length === 0) return source
  const gap = /^\s*(?:import\b|\n)/.test(source) ? '\n' : '\n\n'
  return `import { ${names.join(', ')} } from "socketlab"${gap}${source}`
}

/** Templates keep their backtick: `bytes` is called with one. */
const withoutTexts = (source: string): string =>
  source.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, ' ')
