// points: 2
// says: came, and then no more; 8 are expected
async function receiveExactly(
  conn: socket.Socket,
  size: number,
): Promise<Buffer | null> {
  const data = await conn.recv(size)
  return data.length === 0 ? null : data
}
