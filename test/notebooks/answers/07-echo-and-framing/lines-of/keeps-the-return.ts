// points: 4
// says: received [ 'one\r', 'two\r' ]
async function* linesOf(
  conn: socket.Socket,
  limit: number,
): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const data of conn.chunks()) {
    rest = Buffer.concat([rest, data])
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      const line = rest.subarray(0, end)
      rest = rest.subarray(end + 1)
      if (line.length > limit) throw new RangeError("too long")
      yield line.toString()
    }
    if (rest.length > limit) throw new RangeError("too long")
  }
  if (rest.length > 0) throw new ConnectionError("half a line")
}
