/** What is told of names that several cells declare: for each title some cells, one after the other. */
export const DECLARED_AGAIN: Record<string, string[][]> = {
  'What was declared again, and is another type now': [
    ['let limit = 5', 'const isFull = (size: number) => size >= limit', 'let limit = "5"'],
    [
      'interface Packet { seq: number; text: string }',
      'function numberOf(packet: Packet) { return packet.seq }\nconst first: Packet = { seq: 1, text: "a" }',
      'interface Packet { seq: string; text: string }',
      'numberOf({ seq: "1", text: "a" })',
      'const second: Packet = first',
    ],
    [
      'class Wire { #rest = ""; receive() { return this.#rest } }',
      'const talk = (wire: Wire) => wire.receive()',
      'class Wire { #rest = ""; next() { return this.#rest } }',
      'talk(new Wire())',
    ],
    [
      'class Room {\n  open() { return "open" }\n}',
      'const room = new Room()\nclass Hall extends Room {}',
      'class Room {\n  open() { return "wide open" }\n}',
    ],
    ['enum Kind { Say, Leave }', 'const isLeave = (kind: Kind) => kind === Kind.Leave', 'enum Kind { Say, Join }'],
    ['type Port = number\nconst nextTo = (port: Port) => port + 1', 'type Port = string', 'nextTo("80")'],
  ],
}
