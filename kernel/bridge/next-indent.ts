/** How far in does the next line of unfinished code begin? By its last two lines alone. */

/** A bracket in them is text, and a comment may stand behind what is unfinished. */
const TEXT = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`|\/\/.*|\/\*.*?\*\//g
/** More is wanted behind them; `++` and `--` end a statement. */
const GOES_ON = /(?:=>|[=:?&|*%<]|(?<!\+)\+|(?<!-)-|\belse|\bdo)$/
/** The statement that is governed follows, or a brace, which goes back by hand. */
const HEAD = /^(?:\}\s*)?(?:(?:else\s+)?if|for(?:\s+await)?|while)\b.*\)$/
/** `const a = 1,`: in a list of values the next one stands below. */
const DECLARES = /^(?:export\s+)?(?:let|const|var)\b.*,$/

/** As deep as the last line, whatever it says. */
export const sameIndent = (code: string): string => /^[ \t]*(?=[^\n]*$(?![\s\S]))/m.exec(code.trimEnd())?.[0] ?? ''

/** Two deeper than the last line where that opens a bracket, or where one is in the middle of something. */
export function nextIndent(code: string): string {
  const lines = code.trimEnd().split('\n')
  const indent = sameIndent(code)
  const [before = '', last = ''] = ['', ...lines]
    .slice(-2)
    .map((line) => line.replace(TEXT, (text) => shadow(text)).trim())
  const goesOn = GOES_ON.test(last) && !GOES_ON.test(before)
  return goesOn || leavesOpen(last) || HEAD.test(last) || DECLARES.test(last) ? `${indent}  ` : indent
}

const shadow = (text: string) => (text.startsWith('/') ? '' : '_')

/** Does the line open a bracket that it does not close? */
function leavesOpen(line: string): boolean {
  let open = 0
  for (const character of line) {
    if ('([{'.includes(character)) open++
    // `} else {`: what is closed here was opened above.
    else if (')]}'.includes(character)) open = Math.max(0, open - 1)
  }
  return open > 0
}
