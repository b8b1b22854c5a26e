/** Names that a student's cells share with a check are two things: neither spoils the other. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sharedNames, withOwnNames } from '../../../../src/grading/run/own-names.ts'
import { scratchFolder } from '../../../setup/run.ts'
import { checkCell, notebookOf, solution } from '../source.ts'
import { gradeRun, PATIENT, resultOf, writeCourse } from './course.ts'

const scratch = scratchFolder()
const { folder } = scratch
afterAll(() => scratch[Symbol.dispose]())

const MODEL =
  'function twice(data: Buffer): Buffer {\n  // BEGIN SOLUTION\n  return Buffer.concat([data, data])\n  // END SOLUTION\n}'
const CHECK = `import { bytes, check, struct } from "socketlab"
const four = struct.pack("!I", 4)
await check("Twice", 4, async (t) => {
  t.case("of text", () => t.equal(twice(Buffer.from("ab")), bytes\`abab\`))
  // BEGIN HIDDEN TESTS
  t.case("of a number", { points: 3 }, () => t.equal(twice(four), Buffer.concat([four, four])))
  // END HIDDEN TESTS
})`
const SOURCE = notebookOf(solution('twice', MODEL), checkCell('twice-check', 4, CHECK))

const HONEST = `const bytes = (text: string): Buffer => Buffer.from(text)
const struct = { join: (...parts: Buffer[]) => Buffer.concat([bytes(""), ...parts]) }
function twice(data: Buffer): Buffer { return struct.join(data, data) }`
/** Of the hidden case it would be right whatever is tested. */
const FORGED = `const Buffer = { from: () => "m", concat: () => "m" } as any
function twice(data: any): any { return "m" }`
const BLIND = `{ var Buffer: any = { from: () => "m", concat: () => "m" } }\nfunction twice(data: any): any { return "m" }`

beforeAll(async () => {
  const submissions = { honest: HONEST, forged: FORGED, blind: BLIND, model: MODEL }
  const notebooks = Object.entries(submissions).map(([name, answer]) => {
    return [name, notebookOf(solution('twice', answer), checkCell('twice-check', 4, CHECK))] as const
  })
  writeCourse(folder, Object.fromEntries(notebooks), SOURCE)
  await gradeRun(folder, PATIENT)
}, 120_000)

test.each([
  ['honest', 4],
  ['model', 4],
  ['forged', 0],
  ['blind', 0],
] as const)('%s', (name, earned) => {
  const { checks, problems } = resultOf(folder, name)
  expect([checks[0]?.earned, checks[0]?.problem, problems]).toEqual([earned, null, []])
})

test('only names that are taken are put apart, and lines stay', () => {
  const taken = sharedNames(['import struct, { a as Buffer } from "x"\nfunction f(bytes: number) { var JSON }'])
  expect(taken).toEqual(new Set(['f', 'struct', 'Buffer']))
  const lines = withOwnNames(CHECK, taken, [MODEL]).split('\n')
  expect(lines[0]).toMatch(
    /^import \{ bytes, check \} from "socketlab"; \{ const \{ struct \} = await .* const \{ Buffer \} =/,
  )
  expect(lines.slice(1)).toEqual([...CHECK.split('\n').slice(1), '}'])
  expect(withOwnNames(CHECK, new Set(['twice', 'check', 'data']), [MODEL])).toBe(CHECK)
})

test('a check stays whole where others need what it declares, where its value counts, and where its name is a type', () => {
  const taken = new Set(['struct'])
  expect(withOwnNames(CHECK, taken, ['const two = four.length'])).toBe(CHECK)
  expect(withOwnNames(CHECK, taken, ['const four = 4\nfour + 1'])).not.toBe(CHECK)
  for (const plain of ['import { struct } from "socketlab"\nstruct.calcsize("I")', `${CHECK}\nlet own: struct.Struct`])
    expect(withOwnNames(plain, taken, [])).toBe(plain)
})

test('of what is too large or too deep to be read every name may be taken', () => {
  expect([sharedNames([' '.repeat(600_000)]), sharedNames(['('.repeat(100_000)])]).toEqual([undefined, undefined])
  expect(withOwnNames(CHECK, undefined, [])).toContain('const { bytes, struct } = await import("socketlab")')
})
