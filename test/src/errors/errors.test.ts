import { expect, test } from 'vitest'
import { errorCode, errorNumber, strerror } from '../../../src/errors/errno.ts'
import * as errors from '../../../src/errors/index.ts'
import { askPython } from '../socket/python.ts'

test('every number: name, text and class as in CPython', () => {
  const python = askPython<[number, string, string][]>(`
import errno, os
say([[n, os.strerror(n), type(OSError(n, '')).__name__] for n in sorted(errno.errorcode)])`)
  const ours = python.map(([number]) => [number, strerror(number), new errors.OSError(number).name])
  // Also those about folders and processes: a UNIX socket's path may go through a file, ENOTDIR.
  expect(ours).toEqual(python)
  expect(errorCode(111)).toBe('ECONNREFUSED')
  expect(errorNumber('EWOULDBLOCK')).toBe(11)
  expect([errorCode(999), strerror(999)]).toEqual(['E999', 'Unknown error 999'])
})

test('the hierarchy is Python’s', () => {
  const { OSError, ConnectionError } = errors
  for (const Class of [errors.BrokenPipeError, errors.ConnectionRefusedError, errors.ConnectionResetError]) {
    expect(new Class('x')).toBeInstanceOf(ConnectionError)
  }
  for (const Class of [ConnectionError, errors.TimeoutError, errors.gaierror, errors.herror, errors.BlockingIOError]) {
    expect(new Class('x')).toBeInstanceOf(OSError)
  }
  expect(new errors.KeyboardInterrupt()).not.toBeInstanceOf(OSError)
  expect(new errors.KeyboardInterrupt()).toBeInstanceOf(Error)
})

test('made by a message, or by number and text', () => {
  expect(new errors.ConnectionError('closed early')).toMatchObject({
    name: 'ConnectionError',
    message: 'closed early',
    errno: null,
    strerror: null,
    code: '',
  })
  const made = new errors.OSError(111, 'Connection refused')
  expect(made).toBeInstanceOf(errors.ConnectionRefusedError)
  expect(made).toMatchObject({ errno: 111, code: 'ECONNREFUSED', message: '[Errno 111] Connection refused' })
  const missing = new errors.OSError(2, 'No such file or directory', 'chat.sock')
  expect(missing).toBeInstanceOf(errors.FileNotFoundError)
  expect(missing).toMatchObject({ filename: 'chat.sock', message: "[Errno 2] No such file or directory: 'chat.sock'" })
  expect(made.stack).toMatch(/^ConnectionRefusedError: \[Errno 111\] Connection refused\n/)
  expect(new errors.TimeoutError('timed out')).toMatchObject({ errno: null, code: 'ETIMEDOUT' })
  expect(new errors.gaierror(-2, 'Name or service not known')).toMatchObject({ errno: -2, code: 'EAI_NONAME' })
  expect(new errors.herror(1, 'Unknown host')).toMatchObject({ errno: 1, code: 'HOST_NOT_FOUND', name: 'herror' })
})
