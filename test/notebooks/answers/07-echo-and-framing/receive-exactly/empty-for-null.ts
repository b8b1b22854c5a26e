// points: 3
// says: 8 bytes are expected, and 11 came
async function receiveExactly(
  conn: socket.Socket,
  size: number,
): Promise<Buffer | null> {
  if (size === 0) return null
  const chunks: Buffer[] = []
  let received = 0
  for await (const chunk of conn.chunks(size)) {
    chunks.push(chunk)
    received += chunk.length
    if (received >= size) return Buffer.concat(chunks)
  }
  if (received === 0) return Buffer.alloc(0)
  throw new ConnectionError(`${received} of ${size} bytes`)
}
