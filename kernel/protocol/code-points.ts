/**
 * Cursor positions: Jupyter counts code points, JavaScript's strings count UTF-16 code units.
 * An emoji before the cursor is one of the first and two of the second.
 */

/** Where the `codePoints`th character begins, in UTF-16 code units; the text's end where it has fewer. */
export function toUtf16(text: string, codePoints: number): number {
  let offset = 0
  for (let left = codePoints; left > 0 && offset < text.length; left--)
    offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1
  return offset
}

/** How many characters stand before `offset` (UTF-16 code units). */
export function toCodePoints(text: string, offset: number): number {
  let count = 0
  for (let at = 0; at < offset && at < text.length; count++) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
  return count
}
