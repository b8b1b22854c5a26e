/**
 * Cells that are compiled while a start-up snapshot is made, so that what a first cell needs is read, bound and
 * compiled already. No completion: it sorts by an ICU collator, which a snapshot cannot hold.
 */
import type { Compiler } from './compiler.ts'

const CELLS = [
  '1 + 1',
  'let x = 1',
  'interface P { a: number }\nconst p: P = { a: x };\nfunction f(n: number) { return p.a + n }\nf(2)',
  'const bad: string = 1',
  'class A<T> { #v: T[] = []; push(v: T) { this.#v.push(v); return this } }\nnew A<string>().push("x")',
  "import * as net from 'node:net';\nconst server = net.createServer((s) => { s.on('data', (d) => s.write(d)) });\nfor await (const i of [Promise.resolve(1)]) console.log(i.toFixed(), server.listening)",
  'const { a, ...rest } = { a: 1, b: 2 }; [a, rest.b].map((n) => n * 2).join()',
  'if (typeof socket === "object") { using s = socket.socket(socket.AF_INET, socket.SOCK_STREAM); console.log(s.fileno()) }',
]

export function warmUp(compiler: Compiler): void {
  let after = ''
  CELLS.forEach((code, index) => {
    const answer = compiler.convert({ kind: 'convert', after, code, name: `cell [${index + 1}]` })
    if (answer.ok) after = answer.scope
  })
  compiler.inspect({ kind: 'inspect', after, code: 'net.createServer', offset: 6 })
  compiler.close()
}
