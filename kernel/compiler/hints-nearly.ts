/**
 * What is said of our calls where they are nearly right: a member that the class has by another name, an argument that is
 * missing or stands in another place. Knows the message and the call's own text; asks for no types.
 */
import ts from 'typescript'
import { callAround, isAssignment, type Rule, said } from './hints-places.ts'

type Advice = readonly [members: string, advice: string]

const ADDRESS_OF =
  "`sock.getsockname()` is its own address, `sock.getpeername()` the other end's: `const [host, port] = …`."

const NO_RESULT = 'A thread gives nothing back: hand its result out by a queue, or by a variable that it sets.'

/** By the type: the member that was asked for, and what there is. */
const INSTEAD: readonly (readonly [type: RegExp, ...advice: Advice[]])[] = [
  [
    /^Socket\b/,
    ['port host address hostname remoteAddress remotePort localPort', ADDRESS_OF],
    [
      'closed isClosed isOpen isConnected connected',
      '`sock.fileno()` is -1 once it is closed; whether the other end is there is told by the next `recv`.',
    ],
    [
      'readline readLine readlines',
      'Lines are read from a file around it: `const lines = sock.makefile("r")`, then `await lines.readline()`.',
    ],
  ],
  [
    /^\[host: string, port: number\b/,
    ['host port address ip', 'An address has an order, and no names: `const [host, port] = …`.'],
  ],
  [
    /^(?:Lifo|Priority|Simple)?Queue\b/,
    ['length size count', 'How many are in it: `q.qsize()`.'],
    ['push add append enqueue unshift offer', 'Something is put into a queue by `await q.put(item)`.'],
    ['pop shift dequeue take remove poll', 'What is first in a queue is taken out by `await q.get()`.'],
    ['isEmpty', 'Whether nothing is in it: `q.empty()`.'],
  ],
  [
    /^(?:R?Lock|Condition|(?:Bounded)?Semaphore)\b/,
    ['lock unlock withLock run', 'A lock is held to the end of a block by `using held = await lock.hold()`.'],
  ],
  [
    /^void$/,
    [
      'join isAlive daemon ident cancel',
      '`start()` gives nothing back: `const t = new threading.Thread(…)` first, then `t.start()`.',
    ],
  ],
  [
    /^Selected\b/,
    [
      'fileobj data fd events',
      '`select()` gives pairs: `for (const [key, mask] of await sel.select()) …`, and `key.fileobj`, `key.data`.',
    ],
  ],
  [/^Thread\b/, ['result value returnValue getResult', NO_RESULT]],
  [/^NumberConstructor$/, ['parse from valueOf', '`Number(text)` is the number that a text shows.']],
  [
    /\[\]$/,
    ['sum', 'A list has no sum of its own: `list.reduce((sum, n) => sum + n, 0)`.'],
    ['max min', '`Math.max(...list)`, `Math.min(...list)`.'],
    ['contains has', 'Whether a list has it: `list.includes(item)`.'],
    ['size count len', 'How many are in a list: `list.length`.'],
    ['last', 'The last of a list: `list.at(-1)`.'],
    ['first', 'The first of a list: `list[0]`.'],
    ['isEmpty empty', 'Whether a list is empty: `list.length === 0`.'],
    ['each', 'For each of a list: `for (const item of list) { … }`.'],
  ],
  [
    /^number$/,
    ['push unshift', 'It gives how many there are now. Several at once: `list.push("a", "b")`.'],
    [
      'toISOString getTime getHours getFullYear toLocaleTimeString toLocaleString toDateString',
      '`Date.now()` is a number, of milliseconds; `new Date()` has methods.',
    ],
    [
      'toUpperCase toLowerCase trim split startsWith charCodeAt',
      'It is a number, as every part of bytes is: `data.toString()` is the text of them all.',
    ],
  ],
  [
    /^Buffer\b/,
    ['append extend push add', 'Bytes do not grow: `data = Buffer.concat([data, more])` makes new ones of both.'],
    ['concat join', 'Bytes are joined by `Buffer.concat([one, other])`.'],
    [
      'readUInt16 readUInt32 readInt16 readInt32 readUint16 readUint32 writeUInt16 writeUInt32 writeInt16 writeInt32 writeUint16 writeUint32',
      'The order of the bytes belongs to the name: `BE` at its end is that of the network, `LE` the other one.',
    ],
  ],
  [
    /^typeof Thread$/,
    [
      'start join run isAlive name',
      'That is asked of one thread: `const t = new threading.Thread({ target: serve })`, then `t.start()`.',
    ],
  ],
  [/^typeof threading\b/, ['sleep', 'What waits is there without a module: `await sleep(seconds)`.']],
]

export const memberNearly: Rule = ({ message, line }) => {
  const [, member = '', type = ''] = /^Property '(\w+)' does not exist on type '([^\n]*?)'\./.exec(message) ?? []
  // A list's, behind what gave none.
  if (type === 'void' && /\.join\(["'`]/.test(line)) return undefined
  const [, ...advice] = INSTEAD.find(([pattern]) => pattern.test(type)) ?? [undefined]
  return advice.find(([members]) => members.split(' ').includes(member))?.[1]
}

/** `new threading.Thread({ func: serve })` */
export const threadTarget: Rule = ({ message }) =>
  /'(?:func|fn|function|callback|run|handler|task)' does not exist in type 'ThreadOptions\b/.test(message)
    ? 'What a thread runs is its `target`: `new threading.Thread({ target: serve })`.'
    : undefined

/** How a call is written, where arguments are missing or too many, or one does not fit. */
const WRITTEN: Record<string, string> = {
  sendto: 'The bytes come first, then to whom: `await sock.sendto(data, ["127.0.0.1", 5000])`.',
  sendall: 'What is to be sent stands in the brackets: `await sock.sendall(data)`.',
  send: 'What is to be sent stands in the brackets: `await sock.send(data)`.',
  shutdown: 'Which half ends stands in the brackets: `sock.shutdown(socket.SHUT_WR)`.',
  inet_pton: 'The family comes first: `socket.inet_pton(socket.AF_INET, "127.0.0.1")`.',
  inet_ntop: 'The family comes first: `socket.inet_ntop(socket.AF_INET, packed)`.',
  getaddrinfo: 'Host and port are two arguments: `await socket.getaddrinfo("localhost", 80)`; `null` for no port.',
  getnameinfo: 'The address is a pair, then come flags: `await socket.getnameinfo(["127.0.0.1", 80], 0)`.',
  sleep: 'How many seconds stands in the brackets: `await sleep(0.5)`.',
  Barrier: 'How many it waits for stands in the brackets: `new threading.Barrier(2)`.',
  Timer: 'The seconds come first, then what is called: `new threading.Timer(1.5, ring)`.',
  waitFor:
    'What is waited for is a function, which is asked again after each `notify`: `await condition.waitFor(() => ready)`.',
  random: 'It gives a number from 0 up to 1. A whole one from 1 to 6: `1 + Math.floor(Math.random() * 6)`.',
  notify: 'How many wake up stands in the brackets; `notifyAll()` wakes all of them.',
  check: 'A check has a name, points and a function: `await check("Echo", 2, async (t) => { … })`.',
  TCPServer:
    'The address comes first, then the class whose `handle` is called: `new socketserver.TCPServer(["127.0.0.1", 0], Handler)`.',
  UDPServer:
    'The address comes first, then the class whose `handle` is called: `new socketserver.UDPServer(["127.0.0.1", 0], Handler)`.',
}
WRITTEN.ThreadingTCPServer = WRITTEN.TCPServer!.replace('.TCP', '.ThreadingTCP')
WRITTEN.ThreadingUDPServer = WRITTEN.UDPServer!.replace('.UDP', '.ThreadingUDP')

const LISTS =
  'Three lists come first, who can be read, written, and is in trouble, then seconds: `await select.select([sock], [], [], 1)`.'
const REGISTERED =
  'What is waited for stands behind the socket, as a number: `selector.register(sock, selectors.EVENT_READ)`, `poller.register(sock, select.POLLIN)`.'

/** Owners under which these names are ours; a class of the learner's may have a `send`, too. */
const OURS = /^(?:socket|threading|socketserver|Math)\.(\w+)$/
const OF_A_SOCKET =
  /^\w*(?:sock|conn|client|server|peer|udp|tcp)\w*\.(send|sendto|sendall|shutdown)$|^[sc]\.(send|sendto|sendall|shutdown)$/i
const OF_A_CONDITION = /^\w*cond\w*\.(waitFor|notify)$|^c\.(waitFor|notify)$/i

export const writtenSo: Rule = ({ message, token }) => {
  const asked = callAround(token)?.expression.getText() ?? ''
  if (asked === 'select.select') return LISTS
  if (/type 'QueueOptions'/.test(message)) return 'A limit has a name: `await q.get({ timeout: 1 })`, in seconds.'
  if (/no match for the signature 'new \(request/.test(message))
    return 'The class itself is wanted: each connection gets an object of its own. Leave out `new` and the brackets.'
  if (/(?:sel|poll)\w*(?:\(\))?\.register$/i.test(asked) && /'FileArguments\b|type 'number'/.test(message))
    return REGISTERED
  if (asked === 'sleep' || asked === 'check')
    // Many write a `sleep` of their own.
    return /^Expected (?:1-2|3) arguments/.test(message) ? WRITTEN[asked] : undefined
  const [, ...names] = OURS.exec(asked) ?? OF_A_SOCKET.exec(asked) ?? OF_A_CONDITION.exec(asked) ?? []
  const name = names.find((one) => one !== undefined) ?? ''
  return Object.hasOwn(WRITTEN, name) ? WRITTEN[name] : undefined
}

/** `const host: string = sock.getsockname()` */
export const addressAsText: Rule = ({ message }) =>
  /^Type '\[host: string, port: number\b[^\n]*\]' is not assignable to type '(?:string|number)'/.test(message)
    ? 'An address holds both: `const [host, port] = …`.'
    : undefined

/** `const n: number = data` */
export const bytesAsNumber: Rule = ({ message }) =>
  /ype '(?:Buffer|Uint8Array)' is not assignable to (?:parameter of )?type 'number'/.test(message)
    ? 'Bytes are no number yet: `Number(data.toString())` where they are digits, `struct.unpack("!I", data)[0]` where they are packed.'
    : undefined

/** `handle(request) { … }` of a server's handler. */
export const handlerTakesNothing: Rule = ({ message }) =>
  /^Property '(?:handle|setup|finish)' in type '\w+' is not assignable to the same property in base type '\w*RequestHandler/.test(
    message,
  )
    ? '`handle()` takes nothing: the connection is `this.request`, who calls `this.clientAddress`.'
    : undefined

/** `sock.settimeout = 5`, and `sock.timeout = 5`, which only tells. */
export const givenToMethod: Rule = ({ message, token }) => {
  if (/^Cannot assign to 'timeout'/.test(message)) return 'It only tells the limit; `sock.settimeout(5)` sets it.'
  if (!/^Type '[^\n]*' is not assignable to type '\(/.test(message)) return undefined
  const given = ts.findAncestor(token, isAssignment)
  return given && ts.isPropertyAccessExpression(given.left) && token.end <= given.left.end
    ? `It is a function, and takes the value in its brackets: \`${given.left.getText()}(${given.right.getText().slice(0, 40)})\`.`
    : undefined
}

/** `for (const item of q)` */
export const outOfAQueue = said(
  /^Type '\w*Queue/,
  'What is in a queue is taken out one by one: `const item = await q.get()`.',
)

/** `const n: number = await t.join()` */
export const nothingComesBack: Rule = ({ message, token }) => {
  if (!/^Type 'void' is not assignable to type/.test(message)) return undefined
  const line = ts.findAncestor(token, ts.isStatement)?.getText() ?? ''
  return /\.join\(/.test(line) ? NO_RESULT : undefined
}
