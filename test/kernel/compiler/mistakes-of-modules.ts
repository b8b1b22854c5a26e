/** Cells that import from the product's own package in ways of others, and bytes of other kinds than sockets take; locks and workers. */
import { NEARLY } from './mistakes-nearly.ts'

export const OF_MODULES: Record<string, string[]> = {
  "from the product's own package": [
    'import * as socket from "socketlab"\nconst server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)',
    'import lib from "socketlab"\nconst done = new lib.Event()',
    'import { AF_INET, Thread, errno } from "socketlab"',
    'import { Socket } from "socketlab"',
    'import { createServer } from "socketlab/socket"',
  ],
  'names that bytes have here too': [
    'const chunks = [data, data]\nconst whole = bytes``.join(chunks)',
    'const end = data.find(bytes`,`)',
    'await sock.sendmsg(data)',
  ],
  'locks and workers': [
    'const lock = new threading.Lock()\nasync function close() {\n  await lock.hold()\n  sock.close()\n}',
    'new threading.WorkerThread({ module: "./work.mjs", target: () => 5 })',
  ],
  'namesakes of types': [
    'const ready: Event = new threading.Event()',
    'async function waitFor(ready: Event) {}\nawait waitFor(new threading.Event())',
    'import * as net from "node:net"\nconst client: net.Socket = socket.socket()',
    'import * as net from "node:net"\nfunction handle(conn: socket.Socket) {}\nnet.createServer((conn) => handle(conn))',
  ],
  'values that may be more': [
    'function send(how: "tcp" | "udp") {}\nlet how = "tcp"\nsend(how)',
    'function send(options: { how: "tcp" | "udp" }) {}\nconst options = { how: "tcp" }\nsend(options)',
    'type Message = { kind: "join"; name: string } | { kind: "leave" }\nconst messages: Message[] = []\nconst first = { kind: "join", name: "ann" }\nmessages.push(first)',
    'const pair = [1, "ann"]\nconst [id, name]: [number, string] = pair',
    'const all = [].concat([1], [2])',
    'let encoding = "utf8"\ndata.toString(encoding)',
    'const assertOpen = (value: unknown): asserts value => {}\nassertOpen(1)',
  ],
  'what struct takes and gives': [
    'const name = "ann"\nstruct.pack("!H4s", name.length, name)',
    'struct.pack("!I", await input("How many? "))',
    'const format = data.length > 4 ? "!I" : "!H"\nstruct.pack(format, "7")',
    'struct.pack("!2H", [1, 2])',
    'struct.unpack(data, "!I")',
    'struct.calcsize(4)',
    'const [size] = struct.unpack("!Q", data)\nconst body = await sock.recv(size)',
    'const [size] = struct.unpack("!Q", data)\nlet left = size - data.length',
    'let total = 0\nconst [size] = struct.unpack("!Q", data)\ntotal += size',
    'const size: bigint = data.length',
  ],
  'comments that ask for types': [
    'let page: HTMLElement | undefined',
    '/// <reference types="nowhere" />',
    '/// <reference path="./nowhere.d.ts" />',
    '/// <reference lib="nowhere" />',
  ],
  'memory of other kinds': [
    'await sock.sendall(new Uint16Array([1, 2]))',
    'const into = new Float64Array(2)\nawait sock.recvInto(into)',
    'const reply = new ArrayBuffer(4)\nawait sock.sendall(reply)',
    'const view = new DataView(new ArrayBuffer(8))\nstruct.packInto("!I", view, 0, 7)\nstruct.unpackFrom("!I", view)',
  ],
  ...NEARLY,
}
