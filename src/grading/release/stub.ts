/**
 * What students find in the place of a solution: a comment that says what to do, and a line that says it is not done.
 *
 * Knows text only. `check` takes the error for "nothing here yet", not for a wrong answer.
 */
import type { Region } from '../notebook/index.ts'

/** Without a remark behind the BEGIN marker. */
const ASK = 'your code here'
export const NOT_DONE = 'throw new Error("not done yet")'
/** In the place of a whole answer in Markdown. */
export const TEXT_STUB = 'YOUR ANSWER HERE'

/** In the place of a region of code. */
export const codeStub = ({ indent, remark }: Pick<Region, 'indent' | 'remark'>): string[] => [
  `${indent}// ${remark || ASK}`,
  `${indent}${NOT_DONE}`,
]

/** In the place of a region of Markdown. */
export const textStub = ({ indent, remark }: Pick<Region, 'indent' | 'remark'>): string[] => [
  `${indent}${remark || TEXT_STUB}`,
]

/**
 * Does the cell come as a stub already, as those of the lessons do? Then it is handed out as it is: nothing but comments,
 * functions with nothing in them, or one whose first statement says that it is not done. (Such an error further down in
 * a function may be part of a solution.)
 */
export function isStub(source: string): boolean {
  const code = source.replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/[^\n]*/g, '').trim()
  return code === '' || EMPTY_FUNCTION.test(code) || STUB_FUNCTION.test(code) || STUB_ERROR.test(code)
}

const EMPTY_FUNCTION = /^(?:async\s+)?function[^{}]*\{\s*\}$/
/** As `src/lab/check/stub.ts` knows it. */
const ERROR =
  'throw new Error\\(\\s*(["\'`])\\s*(?:not done yet|not implemented(?: yet)?|nothing here yet|your code here|todo)\\s*[.!:…]*\\s*\\1\\s*\\)'
const STUB_ERROR = new RegExp(`^${ERROR};?$`, 'i')
/** A line at the margin that opens a function's body, and the error as its first statement. */
const STUB_FUNCTION = new RegExp(`^(?!if|for|while|else|switch|try|\\})\\S[^\\n]*\\{\\s*${ERROR}`, 'im')

/** A text without any letter is a form to fill in: "1. …". */
export const isTextStub = (source: string): boolean => !/\p{L}/u.test(source)
