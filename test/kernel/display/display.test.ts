import { expect } from 'vitest'
import { resultOf, test } from '../kernel-fixture.ts'

// biome-ignore lint/suspicious/noExplicitAny: the contents of messages, as each expectation spells them out
const contents = (iopub: readonly { header: { msg_type: string }; content: any }[], ...types: string[]) =>
  iopub.filter(({ header }) => types.includes(header.msg_type)).map(({ header, content }) => [header.msg_type, content])

test('display shows by MIME type: text as it is, bytes in base64', async ({ kernel }) => {
  const { iopub } = await kernel.execute(
    'display.html("<b>h</b>"); display.svg("<svg/>"); display.png(Buffer.from([1, 2])); display.json({ a: 1 }); display.mermaid("graph TD"); display.raw("text/x", "y"); void 0',
  )
  expect(contents(iopub, 'display_data').map(([, { data }]) => data)).toEqual([
    { 'text/html': '<b>h</b>' },
    { 'image/svg+xml': '<svg/>' },
    { 'image/png': 'AQI=' },
    { 'application/json': { a: 1 }, 'text/plain': '{\n  "a": 1\n}' },
    { 'text/vnd.mermaid': 'graph TD', 'text/plain': 'graph TD' },
    { 'text/x': 'y' },
  ])
})

test('what was shown under an id is replaced, also from a later cell', async ({ kernel }) => {
  const { iopub } = await kernel.execute('display.html("0 %", { id: "p" }); display.update("p").html("50 %"); void 0')
  expect(contents(iopub, 'display_data', 'update_display_data')).toEqual([
    ['display_data', { data: { 'text/html': '0 %' }, metadata: {}, transient: { display_id: 'p' } }],
    ['update_display_data', { data: { 'text/html': '50 %' }, metadata: {}, transient: { display_id: 'p' } }],
  ])
  const later = await kernel.execute('display.update("p").html("done"); void 0')
  expect(contents(later.iopub, 'update_display_data')).toHaveLength(1)
})

test('clearing the output, at once or with the next', async ({ kernel }) => {
  const { iopub } = await kernel.execute('console.clear(); display.clear({ wait: true }); void 0')
  expect(contents(iopub, 'clear_output').map(([, content]) => content)).toEqual([{ wait: false }, { wait: true }])
})

test('a value that is no text where text belongs is refused with a sentence', async ({ kernel }) => {
  const { reply } = await kernel.execute('(display.html as (s: unknown) => void)(5)')
  expect(reply.content).toMatchObject({
    status: 'error',
    ename: 'TypeError',
    evalue: 'text/html is shown from a string or bytes, not from number',
  })
})

test('an element of a page is shown drawn, as a result and by display; what only looks so is not', async ({
  kernel,
}) => {
  await kernel.execute(`class Element {
  constructor(readonly tag: string) {}
  get outerHTML() { return "<" + this.tag + "></" + this.tag + ">" }
}
const broken = { get outerHTML(): string { throw new Error("gone") } }`)
  const shown = async (code: string) =>
    contents((await kernel.execute(code)).iopub, 'execute_result', 'display_data').map(([, { data }]) => data)
  const text = (tag: string) => `Element { tag: '${tag}' }`
  expect(await shown('new Element("svg")')).toEqual([{ 'image/svg+xml': '<svg></svg>', 'text/plain': text('svg') }])
  expect(await shown('display(new Element("figure")); void 0')).toEqual([
    { 'text/html': '<figure></figure>', 'text/plain': text('figure') },
  ])
  expect(await shown('({ outerHTML: 5 })')).toEqual([{ 'text/plain': '{ outerHTML: 5 }' }])
  expect(await shown('broken')).toEqual([{ 'text/plain': '{ outerHTML: [Getter] }' }])
})

test('a bundle of a value’s own is what a message can hold: bytes in base64, no holes, a sentence for the rest', async ({
  kernel,
}) => {
  const shown = async (bundle: string) => {
    const code = `({ [Symbol.for("Jupyter.display")]: (): any => (${bundle}), toJSON() {} })`
    const { iopub, reply } = await kernel.execute(code)
    return reply.content.status === 'error' ? reply.content.evalue : contents(iopub, 'execute_result')[0]?.[1].data
  }
  expect(await shown('{ "image/png": new Uint8Array([1, 2]), "text/plain": "two", "text/html": undefined }')).toEqual({
    'image/png': 'AQI=',
    'text/plain': 'two',
  })
  const json = '{ "application/x+json": { f() {}, n: 5 }, "text/html": ["a\\n", "b"], "text/plain": null }'
  expect(await shown(json)).toEqual({
    'application/x+json': { n: 5 },
    'text/html': ['a\n', 'b'],
    'text/plain': expect.stringContaining('toJSON'),
  })
  // None of these had an answer.
  expect(await shown('{ "application/json": 10n }')).toContain('BigInt')
  expect(await shown('{ "text/html": 10n }')).toBe('text/html is shown from a string or bytes, not from bigint')
  expect(await shown('{ "text/html": () => "<b>" }')).toBe(
    'text/html is shown from a string or bytes, not from function',
  )
  const { reply } = await kernel.execute('await jupyter.display(5, { raw: true })')
  expect(reply.content).toMatchObject({
    evalue: 'a MIME bundle is an object such as { "text/html": "<b>x</b>" }, not number',
  })
})

test('a BigInt for an id or a flag, in untyped code, is no end of the kernel', async ({ kernel }) => {
  kernel.onInput((_prompt, password) => String(password))
  const code =
    '// @ts-nocheck\ndisplay.html("a", { id: 7n }); display.update("7").html("b"); display.clear({ wait: 1n }); await input("", { password: 1n })'
  const { iopub } = await kernel.execute(code, { allow_stdin: true })
  expect(contents(iopub, 'display_data', 'update_display_data').map(([, { transient }]) => transient)).toEqual([
    { display_id: '7' },
    { display_id: '7' },
  ])
  expect(contents(iopub, 'clear_output')).toEqual([['clear_output', { wait: true }]])
  expect(resultOf(iopub)).toBe("'true'")
})

test('a notebook written for tslab runs unchanged', async ({ kernel }) => {
  const code = `import * as tslab from "tslab"
import { display, newDisplay, versions } from "tslab"
const bar = newDisplay()
bar.text("1"); bar.text("2")
display.markdown("# x")
Object.keys(versions)`
  const { iopub } = await kernel.execute(code)
  expect(contents(iopub, 'display_data', 'update_display_data').map(([type, { data }]) => [type, data])).toEqual([
    ['display_data', { 'text/plain': '1' }],
    ['update_display_data', { 'text/plain': '2' }],
    ['display_data', { 'text/markdown': '# x' }],
  ])
  expect(resultOf(iopub)).toBe("[ 'tslab', 'typescript', 'node' ]")
})

test('jupyter has what Deno.jupyter has', async ({ kernel }) => {
  const { iopub } = await kernel.execute(`
await jupyter.display({ "text/plain": "raw" }, { raw: true })
await jupyter.broadcast("display_data", { data: { "text/html": "<i/>" }, metadata: {}, transient: {} })
const name = "x"
jupyter.html\`<b>\${name}</b>\``)
  expect(contents(iopub, 'display_data').map(([, { data }]) => data)).toEqual([
    { 'text/plain': 'raw' },
    { 'text/html': '<i/>' },
  ])
  expect(contents(iopub, 'execute_result')[0]?.[1].data).toEqual({ 'text/html': '<b>x</b>', 'text/plain': '<b>x</b>' })
})

test('name? opens the pager with the documentation', async ({ kernel }) => {
  const { reply } = await kernel.execute('socket.createConnection?')
  const [page] = (reply.content as unknown as { payload: { source: string; data: Record<string, string> }[] }).payload
  expect(page).toMatchObject({ source: 'page', data: { 'text/plain': expect.stringContaining('createConnection') } })
})
