/**
 * The same steps in CPython and here: the same results, or errors of the same class whose text begins alike.
 *
 * Knows how values and errors of the two are told apart, nothing of what is compared.
 */
import { expect, test } from 'vitest'
import { closeAll } from '../../../../src/socket/open-sockets.ts'
import { askPython } from '../python.ts'

/** What is compared: the body of a Python function, and the same here. */
export type Pair = readonly [python: string, ours: () => unknown]

/** Python's exceptions that have another name here. */
const CLASSES: Record<string, string> = {
  ValueError: 'RangeError',
  OverflowError: 'RangeError',
  RuntimeError: 'Error',
  UnicodeError: 'RangeError',
  UnicodeEncodeError: 'RangeError',
  UnicodeDecodeError: 'RangeError',
  ExceptionGroup: 'AggregateError',
}

const PRELUDE = `
import errno, io, os, queue, select, selectors, socketserver, tempfile, threading, time, warnings
warnings.simplefilter('ignore')
CLASSES = json.loads(sys.argv[2])
def name_of(error): return CLASSES.get(type(error).__name__, type(error).__name__)
def told(call):
    '''What a call gives, or the class and number of its error.'''
    try: return call()
    except Exception as error: return [name_of(error), getattr(error, 'errno', None)]
def text(call):
    '''What a call gives, or the class and text of its error.'''
    try: return call()
    except Exception as error: return [name_of(error), str(error)]
def connected(host='127.0.0.1', **options):
    with socket.create_server((host, 0), **options) as server:
        client = socket.create_connection(server.getsockname()[:2])
        return client, server.accept()[0]
def plain(value):
    if isinstance(value, (bytes, bytearray, memoryview)): return 'b:' + bytes(value).decode('latin1')
    if isinstance(value, (list, tuple)): return [plain(v) for v in value]
    if isinstance(value, dict): return {str(k): plain(v) for k, v in value.items()}
    return int(value) if isinstance(value, int) and not isinstance(value, bool) else value
def body(code):
    names = dict(globals())
    exec('def f():\\n    ' + code, names)
    return names['f']
results = {}
for name, code in json.loads(sys.argv[1]).items():
    try: results[name] = {'value': plain(body(code)())}
    except Exception as error: results[name] = {'error': [name_of(error), str(error)]}
say(results)
`

/** What a call gives, or the class and number of its error. */
export async function told(call: () => unknown): Promise<unknown> {
  try {
    return await call()
  } catch (error) {
    const { name, errno } = error as Error & { errno?: number | null }
    return [name, errno ?? null]
  }
}

/** What a call gives, or the class and text of its error; `shortened` takes away what ours says beyond CPython's. */
export async function text(call: () => unknown, shortened = (message: string) => message): Promise<unknown> {
  try {
    return await call()
  } catch (error) {
    const { name, message } = error as Error
    return [name, shortened(message)]
  }
}

function plain(value: unknown): unknown {
  if (value === undefined || value === null) return null
  if (value instanceof Uint8Array) return `b:${Buffer.from(value).toString('latin1')}`
  if (typeof value === 'bigint') return Number(value)
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, plain(v)]))
  return value
}

/** Ports and descriptors differ from run to run. */
const withoutNumbers = (line: string) => line.replaceAll(/\b\d{4,5}\b/g, 'N')

type Outcome = { value: unknown } | { error: [className: string, text: string] }

/** A test for each pair. Its sockets are closed behind it. */
export function same(pairs: Record<string, Pair>): void {
  const codes = Object.fromEntries(Object.entries(pairs).map(([name, [code]]) => [name, code]))
  const python = askPython<Record<string, Outcome>>(PRELUDE, JSON.stringify(codes), JSON.stringify(CLASSES))
  test.each(Object.keys(pairs))('%s: as CPython', async (name) => {
    const expected = python[name]!
    let ours: Outcome
    try {
      ours = { value: plain(await pairs[name]![1]()) }
    } catch (reason) {
      const { name: className, message } = reason as Error
      ours = { error: [className, withoutNumbers(message)] }
    } finally {
      closeAll()
    }
    if ('error' in expected) {
      // The same beginning, then what helps.
      const text = withoutNumbers(expected.error[1])
      if ('error' in ours) ours.error[1] = ours.error[1].slice(0, text.length)
      expected.error[1] = text
    }
    const [here, there] = [JSON.stringify(ours), JSON.stringify(expected)]
    // A difference deep inside a list is to be seen.
    expect(here, `CPython: ${there}\nhere: ${here}`).toBe(there)
  })
}

/** The same call with each of some arguments: what it gives, or its error's class and number. */
export async function each<T>(values: readonly T[], call: (value: T) => unknown): Promise<unknown[]> {
  const all: unknown[] = []
  for (const value of values) all.push(await told(() => call(value)))
  return all
}

/** An argument that the types refuse. */
export const bad = (value: unknown): never => value as never
