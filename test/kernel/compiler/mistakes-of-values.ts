/** Cells in which a value is missing, of another kind, or put where it does not belong. */
export const OF_VALUES: Record<string, string[]> = {
  'a name, a value or a condition is missing': [
    'return 5',
    'sock.',
    'sock.\nconsole.log(data)',
    'const t = new threading.Thread({ target: () => {}, args: () })',
    'if () sock.close()',
    'class Box { size; grow() { this.size = 1 } }',
  ],
  'added to a number': [
    'let total = 0\nconst part = "1"\ntotal += part',
    'let total = 0\ntotal += "1"',
    'let total = 0\ntotal += await input("n? ")',
  ],
  'methods as elsewhere': ['class Box { def __init__(self) {} }', 'class Box {\n  function open() { }\n}'],
  'asked of bytes': ['if ("x" in data) sock.close()'],
  'a list of one, and a class with its capital': [
    'const size = struct.unpack("!I", data)\nconst all = size + 4',
    'const size = struct.unpack("!I", data)\nfor (let i = 0; i < size; i++) sock.close()',
    'const size = struct.unpack("!I", data)\nif (size === 4) sock.close()',
    'await sock.recv(struct.unpack("!I", data))',
    'const s = socket.Socket()',
  ],
  'filled, joined, put into an object': [
    'const buffer = new Uint8Array(5)\nawait sock.recv(buffer)',
    'await sock.recvInto(1024)',
    'await sock.sendall(Buffer.concat(data, bytes`.`))',
    'const peer = { host: "localhost" }\npeer.port = 5000',
    'const state = { clients: [] }\nstate.clients.push("ann")',
    'const limit = 5\nif (limit = 6) sock.close()',
  ],
}
