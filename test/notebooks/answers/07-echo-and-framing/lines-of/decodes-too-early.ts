// points: 5
// says: expected [ 'Zoë' ]
async function* linesOf(
  conn: socket.Socket,
  limit: number,
): AsyncGenerator<string> {
  let rest = ""
  for await (const data of conn.chunks()) {
    rest += data.toString()
    const lines = rest.split("\n")
    rest = lines.pop() ?? ""
    for (const line of lines) {
      const text = line.endsWith("\r") ? line.slice(0, -1) : line
      if (text.length > limit) throw new RangeError("too long")
      yield text
    }
    if (rest.length > limit) throw new RangeError("too long")
  }
  if (rest !== "") throw new ConnectionError("half a line")
}
