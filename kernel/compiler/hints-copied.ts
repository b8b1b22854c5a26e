/**
 * What is said of text that was not written for a cell: copied from a web page, a chat, a terminal or another language.
 * Knows the line and the code at the place; asks for no types.
 */
import ts from 'typescript'
import { callAround, type Mistake, type Rule } from './hints-places.ts'

const QUOTES = /[\u2018-\u201f\u2039\u203a\u00ab\u00bb\u2032-\u2036\u00b4\uff02\uff07\u300c\u300d]/
const DASHES = /[\u2010-\u2015\u2212\uff0d]/

/** “hello”, as word processors and web pages set it. */
export const typographic: Rule = ({ token, start }) => {
  const sign = token.getSourceFile().text[start] ?? ''
  if (QUOTES.test(sign))
    return `Code has straight quotes, \`"\` or \`'\`: pages and word processors make \`${sign}\` of them.`
  if (DASHES.test(sign)) return `A minus is \`-\`: pages and word processors make \`${sign}\` of it.`
  return undefined
}

/** A block of Markdown, with its fences. */
export const fenced: Rule = ({ token }) =>
  /^(?:[^\n]*\n)?\s*```/.test(token.getSourceFile().text)
    ? 'The lines with ```` ``` ```` around the code are Markdown: leave them out.'
    : undefined

/** `int n = 5`, `String name;` */
export const typeBeforeName: Rule = ({ line }) => {
  const [, name] =
    /^\s*(?:(?:final|static|public|private|unsigned)\s+)*(?:int|float|double|char|long|short|String|boolean|bool|auto|byte|size_t|struct\s+\w+)(?:\s*\[\])?[\s*]+(\w+)\s*(?:\[.*\]\s*)?(?:[=;,]|$)/.exec(
      line,
    ) ?? []
  return name && `A name is declared by \`const\` or \`let\`, and no type stands before it: \`const ${name} = …\`.`
}

export const included: Rule = ({ line }) =>
  /^\s*#\s*include\b/.test(line)
    ? 'Nothing is included here: `socket`, `struct` and `threading` are there, other modules are taken by `import`. Leave the line out.'
    : undefined

/** `console.log "hello"` */
export const withoutBrackets: Rule = ({ line }) => {
  const [, called = '', text] = /^\s*(print|echo|puts|console\.\w+)\s+(["'`].*?)\s*;?\s*$/.exec(line) ?? []
  if (text === undefined || text.length > 60) return undefined
  return `What a function is given stands in round brackets: \`${called.includes('.') ? called : 'console.log'}(${text})\`.`
}

/** `>>> 1 + 1`, `In [1]: 1 + 1`, `?name` */
export const consoleLine: Rule = ({ line }) => {
  if (/^\s*(?:>>>?\s|In\s?\[\d+\]:)/.test(line)) return 'That is the prompt of a console: copy what stands behind it.'
  const [, name] = /^\s*\?{1,2}\s*([\w.]+)\s*$/.exec(line) ?? []
  return name && `Help is asked for by \`${name}?\`, in a cell of its own.`
}

/** `'it's'` */
export const quoteWithin: Rule = ({ line, token }) => {
  const quote = token.getSourceFile().text[token.getStart() - 1] ?? ''
  if (!/["']/.test(quote) || !ts.isIdentifier(token) || line.split(quote).length < 4) return undefined
  const other = quote === '"' ? "'" : '"'
  return `A \`${quote}\` ends the text that began with one: put this text in other quotes, \`${other}…${other}\` or backquotes.`
}

/** `let (a, b) = …`, `(a, b) = …` */
export const roundNames: Rule = ({ line }) => {
  const [, keyword = 'const', names] =
    /^\s*(?:(let|const|var)\s*)?\(\s*(\w+(?:\s*,\s*\w+)*)\s*,?\s*\)\s*=(?![=>])/.exec(line) ?? []
  return names && `Several names at once stand in square brackets: \`${keyword} [${names}] = …\`.`
}

/** Other languages' ways to print, by the language. */
const PRINTS: Record<string, string> = { printf: 'C', puts: 'C', cout: 'C++', System: 'Java' }

export function printsElsewhere(name: string): string | undefined {
  return Object.hasOwn(PRINTS, name) ? `\`${name}\` is ${PRINTS[name]}'s. Here: \`console.log(…)\` prints.` : undefined
}

const inBrackets = ({ token }: Mistake) => callAround(token)?.expression.getText() ?? ''

/** `bytes"hello"` */
export const quotesAfterBytes: Rule = ({ line }) =>
  /\bbytes\s*["']/.test(line) ? 'Behind `bytes` stand backquotes: bytes`hello`.' : undefined

/** `bytes("hello")`; `b` and `f` in front of backquotes, with which Python's bytes and texts begin. */
export const bytesCalled: Rule = (mistake) => {
  if (inBrackets(mistake) !== 'bytes') return undefined
  const given = callAround(mistake.token)?.arguments?.[0]
  if (given && ts.isArrayLiteralExpression(given)) return 'Bytes of numbers are made by `Buffer.from([…])`.'
  if (given && ts.isNumericLiteral(given)) return `So many bytes, all 0, are made by \`Buffer.alloc(${given.text})\`.`
  return 'Backquotes stand right behind `bytes`, without brackets: bytes`hello`. `Buffer.from(text)` makes bytes of any text.'
}

export const taggedByHabit: Rule = ({ token }) => {
  if (!ts.isTaggedTemplateExpression(token.parent) || token.parent.tag !== token) return undefined
  const tag = token.getText()
  if (tag === 'b') return 'Bytes are written bytes`…`.'
  // biome-ignore lint/suspicious/noTemplateCurlyInString: code that the learner is to write
  return tag === 'f' ? 'Leave out the `f`: text in backquotes takes values by itself, `` `port ${port}` ``.' : undefined
}

/** `setTimeout(1000, …)` */
export const functionFirst: Rule = (mistake) => {
  const name = inBrackets(mistake)
  return /^set(?:Timeout|Interval)$/.test(name) && /'number' is not assignable/.test(mistake.message)
    ? `\`${name}\` takes a function first, then milliseconds. To wait: \`await sleep(seconds)\`.`
    : undefined
}
