// points: 4
// says: bytes that arrived expected 6000000
async function deliver(conn: socket.Socket, data: Uint8Array): Promise<void> {
  await conn.send(data)
}
