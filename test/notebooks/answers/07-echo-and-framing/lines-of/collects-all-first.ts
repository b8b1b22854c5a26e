// points: 4
// says: TimeoutError: timed out: nothing came
async function* linesOf(
  conn: socket.Socket,
  limit: number,
): AsyncGenerator<string> {
  const parts: Buffer[] = []
  for await (const data of conn.chunks()) parts.push(data)
  const lines = Buffer.concat(parts).toString().split("\n")
  const rest = lines.pop()
  for (const line of lines) {
    const text = line.replace("\r", "")
    if (Buffer.byteLength(text) > limit) throw new RangeError("too long")
    yield text
  }
  if (rest) throw new ConnectionError("half a line")
}
