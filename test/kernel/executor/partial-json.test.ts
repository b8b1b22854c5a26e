/** JSON.parse of what a stream brought: half a message, two at once, nothing; and of what is simply no JSON. */
import { expect } from 'vitest'
import { test } from '../kernel-fixture.ts'

test('half a message, two messages, and the end of the stream', async ({ kernel }) => {
  const said = async (code: string) => {
    const { reply } = await kernel.execute(code)
    return (reply.content as { traceback?: string[] }).traceback?.join('\n') ?? 'no error'
  }
  await said('const [left, right] = socket.socketpair()')
  await said(
    'await left.sendall(Buffer.from(JSON.stringify({ name: "ann", age: 5 }) + JSON.stringify({ name: "bob" })))',
  )
  expect(await said('JSON.parse((await right.recv(12)).toString())')).toContain('may give half a message')
  await said('await left.sendall(bytes`{"a":1}{"b":2}`)\nawait right.recv(25)')
  expect(await said('JSON.parse((await right.recv(100)).toString())')).toContain('may give two messages at once')
  await said('left.close()')
  expect(await said('JSON.parse((await right.recv(100)).toString())')).toContain("or nothing at the stream's end")
  for (const text of ['{"a": 1', '[1, 2', '{"a"']) {
    expect(await said(`JSON.parse(${JSON.stringify(text)})`), text).toContain('may give half a message')
  }
  expect(await said('JSON.parse("hello")')).not.toContain('→')
  expect(await said('throw new SyntaxError("Unexpected end of JSON input")')).not.toContain('→')
})
