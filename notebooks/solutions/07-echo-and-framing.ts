// %% receive-exactly
async function receiveExactly(
  conn: socket.Socket,
  size: number,
): Promise<Buffer | null> {
  const chunks: Buffer[] = []
  let received = 0
  while (received < size) {
    const chunk = await conn.recv(size - received)
    if (chunk.length === 0) {
      if (received === 0) return null
      throw new ConnectionError(`the other side hung up after ${received} of ${size} bytes`)
    }
    chunks.push(chunk)
    received += chunk.length
  }
  return Buffer.concat(chunks)
}

// %% frames
async function sendFrame(conn: socket.Socket, message: Uint8Array): Promise<void> {
  await conn.sendall(bytes`${struct.pack("!I", message.length)}${message}`)
}

async function recvFrame(
  conn: socket.Socket,
  limit: number,
): Promise<Buffer | null> {
  /** So many bytes, or as many as come before the end. */
  async function upTo(size: number): Promise<Buffer> {
    const chunks: Buffer[] = []
    for (let missing = size; missing > 0; ) {
      const chunk = await conn.recv(missing)
      if (chunk.length === 0) break
      chunks.push(chunk)
      missing -= chunk.length
    }
    return Buffer.concat(chunks)
  }

  const header = await upTo(4)
  if (header.length === 0) return null
  if (header.length < 4) throw new ConnectionError("the other side hung up within a header")
  const [length] = struct.unpack("!I", header)
  if (length > limit) throw new RangeError(`a message of ${length} bytes: more than ${limit}`)
  const message = await upTo(length)
  if (message.length < length) {
    throw new ConnectionError(`the other side hung up after ${message.length} of ${length} bytes`)
  }
  return message
}

// %% lines-of
async function* linesOf(
  conn: socket.Socket,
  limit: number,
): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const data of conn.chunks()) {
    rest = Buffer.concat([rest, data])
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      const line = rest.subarray(0, rest[end - 1] === 13 ? end - 1 : end)
      rest = rest.subarray(end + 1)
      if (line.length > limit) throw new RangeError(`a line of ${line.length} bytes: more than ${limit}`)
      yield line.toString()
    }
    // One more than the limit: the last byte may be the \r of the line's end.
    if (rest.length > limit + 1) throw new RangeError(`a line of more than ${limit} bytes`)
  }
  if (rest.length > 0) throw new ConnectionError(`the other side hung up within a line: ${repr(rest)}`)
}
