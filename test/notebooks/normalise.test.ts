import { hostname } from 'node:os'
import type { ICodeCell, IOutput } from '@jupyterlab/nbformat'
import { expect, test } from 'vitest'
import { normaliseOutputs, normaliseText, STORED_HOST } from './normalise.ts'

const cell = (outputs: object[], tags: string[] = []): ICodeCell => ({
  cell_type: 'code',
  execution_count: 1,
  metadata: { tags },
  source: '',
  outputs: outputs as IOutput[],
})

test('ports above 1023 behind an address, descriptors, dates, durations and host names are replaced', () => {
  const pairs = [
    ['on 127.0.0.1:35167...', 'on 127.0.0.1:<port>...'],
    ["[ '127.0.0.1', 40123 ]", "[ '127.0.0.1', <port> ]"],
    ["laddr=('127.0.0.1', 35167)>", "laddr=('127.0.0.1', <port>)>"],
    ['[::1]:40000', '[::1]:<port>'],
    ['<socket.socket fd=23, family', '<socket.socket fd=<fd>, family'],
    ['Date: Sat, 21 Nov 2026 11:53:28 GMT', 'Date: <date>'],
    ['took 12.5 ms, then 3 s', 'took <duration>, then <duration>'],
    [`Local hostname: ${hostname()}`, 'Local hostname: <host>'],
    [`Local hostname: ${STORED_HOST}`, 'Local hostname: <host>'],
    ['name     x\n-------  ----  ', 'name x\n-- --'],
  ] as const
  for (const [text, expected] of pairs) expect(normaliseText(text)).toBe(expected)
})

test('what a lesson wrote itself stays', () => {
  for (const text of ["[ '127.10.0.10', 80 ]", 'Port 8080: http-alt', '4096 bytes', 'HTTP/1.1 200 OK']) {
    expect(normaliseText(text)).toBe(text)
  }
})

test('one stream in two pieces is one text', () => {
  const whole = cell([{ output_type: 'stream', name: 'stdout', text: 'a\nb\n' }])
  const pieces = cell([
    { output_type: 'stream', name: 'stdout', text: ['a\n'] },
    { output_type: 'stream', name: 'stdout', text: ['b\n'] },
  ])
  expect(normaliseOutputs(pieces)).toBe(normaliseOutputs(whole))
})

test('a result, its types, an error, and a cell that is not compared', () => {
  const result = { output_type: 'execute_result', data: { 'text/plain': ['1'], 'text/html': '<b>1</b>' }, metadata: {} }
  expect(normaliseOutputs(cell([result]))).toBe('execute_result (text/html, text/plain): 1')
  const error = { output_type: 'error', ename: 'RangeError', evalue: 'too far', traceback: [] }
  expect(normaliseOutputs(cell([error]))).toBe('error: RangeError: too far')
  expect(normaliseOutputs(cell([error], ['nbval-ignore-output']))).toBe('<ignored>')
})
