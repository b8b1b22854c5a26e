// points: 1
// says: received [ 'one', 'two', '', 'four', '' ]
async function* linesOf(
  conn: socket.Socket,
  limit: number,
): AsyncGenerator<string> {
  for await (const data of conn.chunks()) {
    for (const line of data.toString().split("\n")) {
      if (line.length > limit) throw new RangeError("too long")
      yield line
    }
  }
}
