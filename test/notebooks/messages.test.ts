/**
 * What lessons quote of TypeScript's messages is what a learner sees who makes the mistake: each quotation is compared
 * with a kernel's answer to a cell with that mistake.
 */
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Kernel, startKernel } from '../../kernel/client/kernel.ts'
import { kernelArgv, plain } from '../kernel/kernel-fixture.ts'
import { codeCells, lesson, lessons, nameOf, textOf } from './notebook.ts'

const cell = (name: string, id: string): string => {
  const path = lessons.find((each) => nameOf(each).startsWith(name))!
  return textOf(codeCells(lesson(path)).find((each) => each.id === id)!.source)
}

// Cells are checked by a kernel of its own, on whatever machine that has to share.
vi.setConfig({ testTimeout: 120_000 })

/** Where something is quoted, in the order of the lessons, and the mistake: the cells before it, then its own. */
const MISTAKES: [place: string, ...cells: string[]][] = [
  ['02:basic-client-after', cell('02', 'basic-client-run').replace('sendall(bytes`', 'sendall(`')],
  [
    '03:udp-client-intro',
    'const BUFFER_SIZE = 1024',
    cell('03', 'udp-client'),
    'const SERVER_HOST = "127.0.0.1"\nconst SERVER_PORT = 50000',
    'const c = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\nconst SERVER_ADDRESS = [SERVER_HOST, SERVER_PORT]\nawait c.sendto(bytes`Hello`, SERVER_ADDRESS)',
  ],
  ['03:udp-client-intro', 'const SERVER_ADDRESS: socket.InetAddress = [50000, "127.0.0.1"]'],
  [
    '05:concept-thread',
    'using room = socket.socket(socket.AF_INET, socket.SOCK_STREAM)',
    'async function greet(conn: socket.Socket, address: socket.InetAddress) {}',
    'new threading.Thread({ target: greet, args: [room] })',
  ],
  [
    '06:timeout-types',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a cell's code
    cell('06', 'timeout-states').replace(/\n}$/, '\n  console.log(`${sock.gettimeout() * 1000} ms`)\n}'),
  ],
  ['08:protocol-readonly', cell('08', 'protocol-info'), 'protocols[1].reliable = true'],
]

/** What is quoted in running text: words that must stand in the text, and in the message. */
const WORDS: [place: string, words: string, mistake: string][] = [
  [
    '09:hello-after',
    "Property 'encode' does not exist on type 'Buffer'",
    'const data = bytes`Hello, Client!`\ndata.encode("utf-8")',
  ],
  ['09:ref-send-errors', "Did you mean 'sendall'?", 'socket.socket().sendAll(bytes`x`)'],
  [
    '09:ref-dup-fails',
    'Expected 0 arguments, but got 3',
    'const tcp = socket.socket()\ntcp.dup(tcp.fileno(), socket.AF_INET, socket.SOCK_STREAM)',
  ],
]

/** Every block of a lesson's texts that begins with an error of TypeScript's. */
const quoted = lessons.flatMap((path) =>
  lesson(path).cells.flatMap(({ id, cell_type, source }) => {
    if (cell_type !== 'markdown') return []
    const blocks = [...textOf(source).matchAll(/^```text\n(error TS[\s\S]*?)\n```/gm)]
    return blocks.map(([, block]) => ({ place: `${nameOf(path).slice(0, 2)}:${id}`, block: block! }))
  }),
)

let kernel: Kernel
beforeAll(async () => {
  kernel = await startKernel({ argv: kernelArgv })
}, 120_000)
afterAll(() => kernel.stop())

/** What a learner sees of the last cell, which must not run; the others must. */
async function messageOf(cells: readonly string[]): Promise<string> {
  for (const code of cells.slice(0, -1)) {
    expect((await kernel.execute(code)).reply.content, code).toMatchObject({ status: 'ok' })
  }
  const { content } = (await kernel.execute(cells.at(-1)!)).reply
  if (!('traceback' in content)) throw new Error(`nothing is wrong with\n${cells.at(-1)}`)
  return inOneLine(plain(content.traceback))
}

const inOneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

test('each quotation has its mistake here', () => {
  expect(quoted.map(({ place }) => place)).toEqual(MISTAKES.map(([place]) => place))
})

test.each(quoted.map((one, at) => [one.place, one.block, at] as const))('%s', async (_place, block, at) => {
  const [, ...cells] = MISTAKES[at]!
  const message = await messageOf(cells)
  // An ellipsis stands for whatever the learner has written.
  let rest = message
  for (const part of inOneLine(block).split(/(?<=bytes`)GET \/ …(?=`)|(?<== )…/)) {
    expect(rest).toContain(part)
    rest = rest.slice(rest.indexOf(part) + part.length)
  }
})

test.each(WORDS)('%s: %s', async (place, words, mistake) => {
  const [name, id] = place.split(':') as [string, string]
  const path = lessons.find((each) => nameOf(each).startsWith(name))!
  expect(textOf(lesson(path).cells.find((each) => each.id === id)!.source)).toContain(words)
  expect(await messageOf([mistake])).toContain(words)
})
