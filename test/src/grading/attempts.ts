/**
 * Attempts to have points without a right answer: each is a cell that runs before answers that are wrong.
 *
 * `refused`: a kernel that grades does not let it change anything. `open`: it may, and it changes nothing that counts.
 */
const both = (...lines: string[]): string => lines.join('\n')

export const refused: Readonly<Record<string, string>> = {
  'own socketlab': both(
    'require("module").prototype.require = () => ({ check: async () => 4 })',
    ';(Map.prototype as any).get = () => () => ({ check: async () => 4, bytes, socket })',
  ),
  stringify: 'JSON.stringify = () => `{"text/plain": "4"}`',
  promises: '(Promise.prototype as any).then = function (done: any) { done(4); return this }',
  'the constructor of promises': 'Object.defineProperty(Promise.prototype, "constructor", { get: () => class {} })',
  'own Promise': '(globalThis as any).Promise = class { static resolve() { return 4 } }',
  'array methods': 'Array.prototype.push = function () { return 0 }\nArray.prototype.filter = () => []',
  instanceof: 'Object.defineProperty(Uint8Array, Symbol.hasInstance, { value: () => true })',
  'instanceof of errors': 'Object.defineProperty(ConnectionRefusedError, Symbol.hasInstance, { value: () => true })',
  'numbers as text': 'Number.prototype.toString = () => "4"',
  inspect: 'require("util").inspect = () => "4"',
  'deep equality': 'require("util").isDeepStrictEqual = () => true',
  'own scripts': 'require("vm").Script = class { runInThisContext() { return () => 4 } }',
  messages: both(
    'const { Worker, MessagePort } = require("worker_threads")',
    'for (const one of [Worker, MessagePort]) {',
    '  const send = one.prototype.postMessage',
    '  one.prototype.postMessage = function (message: any) {',
    '    if (message?.type === "done") message.result = { "text/plain": "4" }',
    '    return send.call(this, message)',
    '  }',
    '}',
  ),
  'methods of sockets': 'socket.Socket.prototype.recv = (async () => bytes`hello`) as any',
  'hooks of promises': both(
    'require("async_hooks").createHook({ init(_: number, kind: string, __: number, it: any) {',
    '  if (kind === "PROMISE") it.then = (done: any) => done(4)',
    '} }).enable()',
  ),
  "V8's hooks of promises": both(
    'require("v8").promiseHooks.onInit((it: any) =>',
    '  Object.defineProperty(it, "then", { value: (done: any) => done(4) }))',
  ),
  'a then for every object': both(
    'const end = { how: "returned", state: "passed", earned: 1, points: 1, then: undefined }',
    'Object.defineProperty(Object.prototype, "then", { configurable: true, get(this: any) {',
    '  return this.how || this.state ? (done: any) => done({ ...this, ...end }) : undefined',
    '} })',
  ),
  'messages to the kernel': both(
    'const { EventEmitter } = require("events")',
    'const emit = EventEmitter.prototype.emit',
    'EventEmitter.prototype.emit = function (this: any, name: string, message: any) {',
    '  if (message?.type === "run") message.javascript = message.javascript.replace(/await .*/s, "4")',
    '  return emit.apply(this, arguments as any)',
    '}',
  ),
  'properties of every object': both(
    'const own: any = { state: "passed", how: "returned", earned: 4 }',
    'for (const key of Object.keys(own))',
    '  Object.defineProperty(Object.prototype, key, { get: () => own[key], set() {}, configurable: true })',
  ),
  'points for every case': both(
    'let asked = 0',
    'Object.defineProperty(Object.prototype, "points", { configurable: true, set() {},',
    '  get: () => (asked++ === 0 ? 4 : 0) })',
  ),
  'a check called in the cell of the check': both(
    'const { check: theirs } = require("socketlab")',
    'Object.defineProperty(Object.prototype, "cachedData", { configurable: true, get() {',
    '  void theirs("Forged", 4, async (t: any) => t.case("sum", () => {})).catch(() => {})',
    '} })',
  ),
  'another script in the place of the check': both(
    'const { Script } = require("vm")',
    'const cached = (length: number) => new Script("4".padEnd(length)).createCachedData()',
    'Object.defineProperty(Object.prototype, "cachedData", { configurable: true, get: () => cached(400) })',
  ),
  'a main for every function': 'Object.defineProperty(Function.prototype, "main", { configurable: true, set() {} })',
  inspector: both('const { Session } = require("inspector")', 'new Session().connect()'),
  'a result of its own':
    'await jupyter.broadcast("execute_result", { data: { "text/plain": "4" }, metadata: {}, execution_count: 1 })',
}

/** Writes requests to the socket that leads to the compiler, so that an answer to one is taken for that of the check. */
const askCompiler = both(
  'const fs = require("fs")',
  "const cases = \"for (const name of ['sum', 'bytes', 'object', 'refused']) t.case(name, () => {})\"",
  'const code = "await check(\'Forged\', 4, async (t) => { " + cases + " })"',
  'const request = { kind: "convert", after: "", code, name: "cell [3]" }',
  'const body = Buffer.from(JSON.stringify({ id: "1", request }))',
  'const size = Buffer.alloc(4)',
  'size.writeUInt32LE(body.length)',
  'const frame = Buffer.concat([size, body])',
  'const ours = fs.readFileSync("/proc/net/unix", "latin1").split("\\n").filter((line: string) => line.includes("@socketlab-"))',
  'const sockets = fs.readdirSync("/proc/self/fd").filter((fd: string) => {',
  '  try {',
  '    const inode = /^socket:\\[(\\d+)\\]$/.exec(fs.readlinkSync("/proc/self/fd/" + fd))?.[1]',
  '    return ours.some((line: string) => line.split(/\\s+/)[6] === inode)',
  '  } catch { return false }',
  '}).map(Number)',
  'if (sockets.length === 0) throw new Error("no socket leads anywhere")',
  'const flood = () => { for (const fd of sockets) try { fs.writeSync(fd, frame) } catch {} }',
  'setInterval(flood, 5)',
)

export const open: Readonly<Record<string, string>> = {
  'requests to the compiler': askCompiler,
  'own check': 'const check = async (...given: any[]): Promise<number> => given[1]',
  'own check, typed as ours': 'const check: typeof lab.check = async (name, points) => points',
  'console and exit': 'console.log = console.error = () => {}\nprocess.exit = (() => 4) as any\nprocess.exitCode = 0',
  'a setter in arrays': both(
    'for (let i = 0; i < 9; i++) Object.defineProperty(Array.prototype, i, {',
    '  configurable: true,',
    '  set(value: any) {',
    '    if (value?.name === "CheckFailure") return',
    '    const own = value?.state ? { ...value, state: "passed", earned: value.points } : value',
    '    Object.defineProperty(this, i, { value: own, writable: true, enumerable: true, configurable: true })',
    '  },',
    '})',
  ),
  'the last value': 'Object.defineProperty(exports, "tsLastExpr", { get: () => 4, set() {} })',
  'own socket': both(
    'const own: any = { ...socket, createServer: () => ({ getsockname: () => ["127.0.0.1", 1] }) }',
    ';(exports as any).socket = own',
  ),
  printed: 'console.log("4")\ndisplay.text("Sums · 4 of 4 points")\n4',
  'a timer': 'setInterval(() => { (exports as any).tsLastExpr = 4 }, 1)',
}
