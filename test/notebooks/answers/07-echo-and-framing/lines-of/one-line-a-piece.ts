// points: 3
// says: received [ 'one' ]
async function* linesOf(
  conn: socket.Socket,
  limit: number,
): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const data of conn.chunks()) {
    rest = Buffer.concat([rest, data])
    const end = rest.indexOf(10)
    if (end < 0) {
      if (rest.length > limit) throw new RangeError("too long")
      continue
    }
    const line = rest.subarray(0, rest[end - 1] === 13 ? end - 1 : end)
    rest = rest.subarray(end + 1)
    yield line.toString()
  }
}
