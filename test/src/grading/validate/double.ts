/** The assignment that the tests of this folder spoil in their ways: a function that doubles, and its check. */
import { checkCell, solution } from '../source.ts'

export const double = solution(
  'double',
  'function double(n: number): number {\n  // BEGIN SOLUTION\n  return 2 * n\n  // END SOLUTION\n}',
)
export const doubleCheck = (body: string, points = 2) =>
  checkCell('double-check', 2, `await check("Double", ${points}, (t) => {\n${body}\n})`)
export const good = doubleCheck(
  '  t.case("one", () => t.equal(double(1), 2))\n  // BEGIN HIDDEN TESTS\n  t.case("seventy", () => t.equal(double(70), 140))\n  // END HIDDEN TESTS',
)
