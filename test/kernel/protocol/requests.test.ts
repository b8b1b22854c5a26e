/** What clients may leave out, send as null or get wrong, and what they are told then. */
import { expect, test } from 'vitest'
import { decode, encode, headerMaker } from '../../../kernel/protocol/codec.ts'
import { requestSchemas, whatIsWrong } from '../../../kernel/protocol/schemas.ts'

const frames = (parts: Partial<Record<'header' | 'parentHeader' | 'metadata' | 'content', unknown>>) =>
  encode(
    {
      identities: [],
      header: headerMaker('tester')('kernel_info_request'),
      parentHeader: {},
      metadata: {},
      content: {},
      buffers: [],
      ...(parts as object),
    },
    'key',
  ).map((frame) => Buffer.from(frame as string))

test('a message is read for its id and its type; what else stands in its headers does not lose it', () => {
  const header = { msg_id: '1', msg_type: 'kernel_info_request' }
  const told = { ...header, session: '', username: '', date: '', version: '5.0' }
  expect(decode(frames({ header }), 'key').header).toEqual(told)
  const odd = { ...header, session: null, username: 5, date: 17, version: 5.3, extra: [1] }
  expect(decode(frames({ header: odd }), 'key').header).toEqual({ ...told, extra: [1] })
  expect(decode(frames({ parentHeader: { msg_id: 'alone' } }), 'key').parentHeader).toEqual({})
  const nothing = decode(frames({ parentHeader: null, metadata: null, content: null }), 'key')
  expect(nothing).toMatchObject({ parentHeader: {}, metadata: {}, content: {} })
  expect(() => decode(frames({ header: { msg_id: 1 } }), 'key')).toThrow(
    'a message whose header is wrong: msg_id: expected string; msg_type: expected string',
  )
})

test('null is as good as left out', () => {
  const asked = { silent: null, store_history: null, user_expressions: null, allow_stdin: null, stop_on_error: null }
  const all = { silent: false, store_history: true, user_expressions: {}, allow_stdin: false, stop_on_error: true }
  expect(requestSchemas.execute_request.parse({ code: '1', ...asked })).toEqual({ code: '1', ...all })
  expect(requestSchemas.execute_request.parse({ code: '1' })).toEqual({ code: '1', ...all })
  const anywhere = { code: '', cursor_pos: Number.POSITIVE_INFINITY, detail_level: 0 }
  expect(requestSchemas.inspect_request.parse({ code: '', cursor_pos: null, detail_level: null })).toEqual(anywhere)
  expect(requestSchemas.history_request.parse({ pattern: null, start: null, n: null })).toMatchObject({
    hist_access_type: 'tail',
    pattern: '*',
    start: 0,
    n: null,
  })
})

test('what is wrong is said by its name', () => {
  const said = (type: 'execute_request' | 'history_request', content: unknown) => {
    const { error } = requestSchemas[type].safeParse(content)
    return error && whatIsWrong(error)
  }
  expect(said('execute_request', { silent: 'yes' })).toBe('code: expected string; silent: expected boolean')
  expect(said('execute_request', { code: '1', user_expressions: { a: 1 } })).toBe('user_expressions.a: expected string')
  expect(said('history_request', { hist_access_type: 'all' })).toBe(
    'hist_access_type: expected range or tail or search',
  )
})
