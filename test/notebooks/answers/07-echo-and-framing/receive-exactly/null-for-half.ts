// points: 5
// says: expected ConnectionError to be thrown received no error, but null
async function receiveExactly(
  conn: socket.Socket,
  size: number,
): Promise<Buffer | null> {
  const chunks: Buffer[] = []
  let missing = size
  while (missing > 0) {
    const chunk = await conn.recv(missing)
    if (chunk.length === 0) return null
    chunks.push(chunk)
    missing -= chunk.length
  }
  return Buffer.concat(chunks)
}
