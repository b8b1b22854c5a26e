/** How far in does the next line of unfinished code begin? By its last line alone. */

/** As deep as the last line, and two deeper after an opening bracket or an arrow. */
export function nextIndent(code: string): string {
  const line = code.trimEnd().split('\n').at(-1) ?? ''
  const current = /^[ \t]*/.exec(line)?.[0] ?? ''
  return /(?:[{([]|=>|[=:?,&|+]|\belse|\bdo)\s*(?:\/\/.*)?$/.test(line) ? `${current}  ` : current
}
