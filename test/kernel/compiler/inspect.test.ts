/** Inspection: signature and documentation of what stands at the cursor `|`. */
import { expect } from 'vitest'
import type { Notebook } from './client.ts'
import { test } from './notebook-fixture.ts'

async function inspect(notebook: Notebook, marked: string) {
  const code = marked.replace('|', '')
  return notebook.client.ask({ kind: 'inspect', after: notebook.scope, code, offset: marked.indexOf('|') })
}

const DOCUMENTED = `/**
 * Greets a peer.
 *
 * @param name whom to greet
 * @param times how often
 * @returns the greeting
 * @throws {RangeError} when \`times\` is negative
 * @example greet("Ada", 2)
 */
function greet(name: string, times = 1): string { return name.repeat(times) }`

test('signature, documentation and tags', async ({ notebook }) => {
  await notebook.convert(DOCUMENTED)
  const seen = await inspect(notebook, 'gre|et("x")')
  expect(seen.signature).toBe('function greet(name: string, times?: number): string')
  expect(seen.documentation).toBe(
    'Greets a peer.\n\n- `name`: whom to greet\n- `times`: how often\n\n**Returns** the greeting\n\n**Throws** `RangeError` when `times` is negative\n\n**Example**\n\n```ts\ngreet("Ada", 2)\n```',
  )
})

test('signatures', async ({ notebook }) => {
  await notebook.convert('const port = 80\nclass Conn { /** Open? */ open = true }\nconst conn = new Conn()')
  const cases: Record<string, string | undefined> = {
    'po|rt': 'const port: 80',
    'conn.op|en': '(property) Conn.open: boolean',
    'const k = 1; k|': 'const k: 1',
    'new Con|n()': 'constructor Conn(): Conn',
    'threading.Ev|ent': 'class threading.Event',
    'socke|t': 'namespace socket',
    'import { isBuilti|n } from "node:module"': 'function isBuiltin(moduleName: string): boolean',
    'Time|outError': 'class TimeoutError',
    'port |': undefined,
    'fo|r (;;) {}': undefined,
    '|': undefined,
  }
  const seen: typeof cases = {}
  for (const marked of Object.keys(cases)) seen[marked] = (await inspect(notebook, marked)).signature
  expect(seen).toEqual(cases)
})

test('between the brackets of a call it is the function', async ({ notebook }) => {
  await notebook.convert(DOCUMENTED)
  await notebook.convert(
    'function of<T>(value: T) { return value }\nclass Box<T> { constructor(readonly value: T) {} }',
  )
  for (const marked of [
    'greet(|)',
    'greet("a", |',
    'greet(String(1), |)',
    'greet("(", |',
    "greet('a)', |",
    'greet?.(|',
  ])
    expect([marked, (await inspect(notebook, marked)).signature]).toEqual([
      marked,
      expect.stringMatching(/^function greet/),
    ])
  for (const marked of ['greet(/* ) */ |', '`${greet(|', 'greet(`(`, |', "greet( // it's (\n |"])
    expect([marked, (await inspect(notebook, marked)).signature]).toEqual([
      marked,
      expect.stringMatching(/^function greet/),
    ])
  expect((await inspect(notebook, 'of<Map<string, number>>(|')).signature).toMatch(/^function of/)
  expect((await inspect(notebook, 'new Box<string>(|')).signature).toMatch(/^constructor Box/)
  expect((await inspect(notebook, `const s = "${'x'.repeat(1e5)}"; greet(|`)).signature).toMatch(/^function greet/)
  expect((await inspect(notebook, 'if (|')).found).toBe(false)
})

test('links are Markdown, and no alias stands below a signature', async ({ built }) => {
  await built.convert(
    '/** As {@link b}, {@link b the other}, {@link https://x.org | there}, {@link https://x.org}.\n * @see {@link b} */ function a() {}\nfunction b() {}',
  )
  expect((await inspect(built, 'a|()')).documentation).toBe(
    'As `b`, the other, [there](https://x.org), https://x.org.\n\n**See** `b`',
  )
  expect((await inspect(built, 'socket.socke|t')).signature).toMatch(/^function socket<.*\(\+\d+ overloads\)$/)
})

test('the source, where it is asked for, of what cells and local files declare', async ({ notebook, compiler }) => {
  const source = async (marked: string) => {
    const code = marked.replace('|', '')
    const offset = marked.indexOf('|')
    return (await compiler.ask({ kind: 'inspect', after: notebook.scope, code, offset, source: true })).source
  }
  await notebook.convert(DOCUMENTED)
  await notebook.convert(
    'class Conn {\n  /** Opens it. */\n  open(): void {}\n}\nconst twice = (n: number) => 2 * n, port = 80',
  )
  expect(await source('gre|et')).toEqual({
    place: 'cell [1]',
    text: 'function greet(name: string, times = 1): string { return name.repeat(times) }',
  })
  expect(await source('new Co|nn()')).toMatchObject({
    place: 'cell [2]',
    text: expect.stringMatching(/^class Conn \{/),
  })
  expect(await source('new Conn().op|en')).toEqual({ place: 'cell [2]', text: 'open(): void {}' })
  expect(await source('twic|e(2)')).toMatchObject({ text: 'const twice = (n: number) => 2 * n, port = 80' })
  expect(await source('por|t')).toBeUndefined()
  expect(await source('parseIn|t')).toBeUndefined()
  expect(await source('socket.soc|ket')).toBeUndefined()
  await notebook.convert(
    'function greet(a: number): number\nfunction greet(a: string): string\nfunction greet(a: any) { return a }',
  )
  expect(await source('greet(|)')).toEqual({
    place: 'cell [3]',
    text: 'function greet(a: number): number\nfunction greet(a: string): string\nfunction greet(a: any) { return a }',
  })
  expect((await inspect(notebook, 'gre|et')).source).toBeUndefined()
})

test('the constants that books and manuals use say what they are for', async ({ built }) => {
  const taught = `AF_UNSPEC AF_UNIX AF_INET AF_INET6 SOCK_STREAM SOCK_DGRAM SOCK_RAW SOCK_SEQPACKET SOL_SOCKET IPPROTO_TCP
    IPPROTO_UDP IPPROTO_IP IPPROTO_IPV6 IPPROTO_ICMP SO_REUSEADDR SO_KEEPALIVE SO_LINGER SO_OOBINLINE SO_RCVTIMEO SO_RCVLOWAT
    SO_TIMESTAMP SO_PASSCRED SO_PEERCRED TCP_NODELAY TCP_CORK TCP_CONGESTION TCP_DEFER_ACCEPT TCP_FASTOPEN TCP_QUICKACK IP_TTL
    IP_HDRINCL IP_MULTICAST_IF IP_ADD_MEMBERSHIP IP_DROP_MEMBERSHIP IP_RECVTTL IP_RECVERR IP_PKTINFO IP_MTU IPV6_V6ONLY
    IPV6_JOIN_GROUP IPV6_UNICAST_HOPS IPV6_PKTINFO SCM_RIGHTS SCM_CREDENTIALS SCM_TIMESTAMP MSG_PEEK AI_PASSIVE EAI_NONAME`
  const silent: string[] = []
  for (const name of taught.split(/\s+/))
    if (!(await inspect(built, `socket.${name[0]}|${name.slice(1)}`)).documentation) silent.push(name)
  expect(silent).toEqual([])
  expect((await inspect(built, 'socket.A|F_INET')).documentation).toContain(
    "IPv4, with addresses `['127.0.0.1', 5000]`.",
  )
})
