/**
 * Whatever was thrown → ename, evalue and a traceback in the learner's own lines.
 * Must not throw itself, whatever it is given: `throw null`, getters that throw, errors without a stack.
 */
import { inspect } from 'node:util'
import type { Failure } from '../bridge/threads.ts'
import { withAsserted } from './asserted.ts'
import { askedTooEarly } from './held-back.ts'
import { missingGlobal } from './missing-globals.ts'
import { noFile } from './no-file.ts'
import { nodeSockets } from './node-sockets.ts'
import { notReached } from './not-reached.ts'
import { ofNothing } from './of-nothing.ts'
import { ownProperties } from './own-properties.ts'
import { partialJson } from './partial-json.ts'
import { codeFrame, type Place, topPlace } from './stack.ts'
import { withoutObject } from './without-object.ts'

/** The same words as where the io thread ends a cell. */
const STOPPED = 'The cell was stopped. What it had defined is kept.'
const MAX_CAUSES = 5
/** Node's own frames, in a stack that another thread has written: ours leave them out (stack.ts). */
const FOREIGN_INTERNAL = /[( ]node:[\w/.-]+:\d+:\d+\)?$/
/** No colour: red on the red ground that JupyterLab gives to errors is hard to read. */
const strong = (text: string) => `\u001b[1m${text}\u001b[22m`

export function toFailure(thrown: unknown): Failure {
  try {
    return isError(thrown) ? fromError(thrown) : fromValue(thrown)
  } catch {
    return {
      ename: 'Error',
      evalue: 'an error that cannot be shown',
      traceback: [strong('an error that cannot be shown')],
    }
  }
}

const isError = (thrown: unknown): thrown is Error =>
  thrown instanceof Error || Object.prototype.toString.call(thrown) === '[object Error]'

function fromValue(thrown: unknown): Failure {
  const shown = inspect(thrown, { depth: 2, maxStringLength: 1000 })
  const advice = 'A value was thrown that is no Error, so it does not know its line: throw new Error(…) does.'
  return { ename: 'Uncaught', evalue: shown, traceback: [`${strong('Uncaught')} ${shown}`, advice] }
}

function fromError(error: Error): Failure {
  const ename = nameOf(error)
  const evalue = inLearnersWords(String(error.message ?? ''), topPlace(stackOf(error)))
  const traceback = describe(error)
  if (ename === 'KeyboardInterrupt') traceback.push('', STOPPED)
  return { ename, evalue, traceback }
}

/** What a class has inherited, where it gives its errors no name of their own. */
const INHERITED = new Set([Error, TypeError, RangeError, SyntaxError].map(({ name }) => name))

/** `class NotFound extends Error {}` is thrown as a NotFound, though its `name` is Error's. */
function nameOf(error: Error): string {
  const name = String(error.name || 'Error')
  const maker: unknown = error.constructor
  if (!INHERITED.has(name) || Object.hasOwn(error, 'name') || typeof maker !== 'function') return name
  const isClass = Function.prototype.toString.call(maker).startsWith('class')
  return isClass && typeof maker.name === 'string' && maker.name !== '' ? maker.name : name
}

/** V8 quotes the compiled code: `(0 , exports.f) is not a function`, where the learner wrote `f`. */
const inLearnersWords = (message: string, place: Place | undefined): string =>
  withAsserted(message, place)
    .replace(/\(0 , exports\.([\w$]+)\)/g, '$1')
    .replace(/\bexports\.(?=[\w$])/g, '')

/** A learner's Error.prepareStackTrace may throw, or give anything. */
function stackOf(error: Error): string {
  try {
    return typeof error.stack === 'string' ? error.stack : ''
  } catch {
    return ''
  }
}

/** Was it thrown by a cell's own code, not by what that has called? */
const isCellOf = ({ file }: { file: string }, top: string | undefined): boolean =>
  file.startsWith('cell [') && top?.includes(`${file}:`) === true

function describe(error: Error, depth = 0): string[] {
  const stack = stackOf(error)
  const frames = stack.split('\n').filter((line) => line.startsWith('    at ') && !FOREIGN_INTERNAL.test(line))
  const place = topPlace(stack)
  const message = error.message === '' ? '' : `: ${inLearnersWords(error.message, place)}`
  const lines = [`${strong(nameOf(error))}${message}`]
  const advice =
    missingGlobal(error, place !== undefined && isCellOf(place, frames[0])) ??
    askedTooEarly(error) ??
    notReached(error, place) ??
    partialJson(error, place) ??
    withoutObject(error, place) ??
    ofNothing(error, place) ??
    nodeSockets(error) ??
    noFile(error)
  if (advice !== undefined) lines.push(advice)
  if (place) lines.push('', `${place.file}:${place.line}`, ...codeFrame(place), '')
  lines.push(...frames)
  const own = ownProperties(error)
  if (own.length > 0) lines.push('', ...own)
  if (error instanceof AggregateError && depth < MAX_CAUSES)
    for (const one of error.errors.slice(0, MAX_CAUSES)) lines.push('', ...nested('one of them', one, depth))
  if (error instanceof SuppressedError && depth < MAX_CAUSES) {
    lines.push('', ...nested('thrown while closing', error.error, depth))
    lines.push('', ...nested('it came after', error.suppressed, depth))
  }
  if (error.cause !== undefined && error.cause !== null && depth < MAX_CAUSES)
    lines.push('', ...nested('caused by', error.cause, depth))
  return lines
}

const nested = (how: string, value: unknown, depth: number): string[] => {
  const [first, ...rest] = isError(value) ? describe(value, depth + 1) : [inspect(value, { depth: 1 })]
  return [`${how}: ${first}`, ...rest]
}
