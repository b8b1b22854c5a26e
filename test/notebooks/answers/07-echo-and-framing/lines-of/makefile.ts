// points: 4
// says: received no error, but [ 'whole', 'hal' ]
async function* linesOf(
  conn: socket.Socket,
  limit: number,
): AsyncGenerator<string> {
  using file = conn.makefile("r")
  for await (const line of file) {
    const text = line.trimEnd()
    if (Buffer.byteLength(text) > limit) throw new RangeError("too long")
    yield text
  }
}
