// points: 5
// says: what the next one finds
async function receiveExactly(
  conn: socket.Socket,
  size: number,
): Promise<Buffer | null> {
  let data: Buffer = Buffer.alloc(0)
  while (data.length < size) {
    const part = await conn.recv(1024)
    if (part.length === 0) {
      if (data.length === 0) return null
      throw new ConnectionError(`${data.length} of ${size} bytes`)
    }
    data = Buffer.concat([data, part])
  }
  return data.subarray(0, size)
}
