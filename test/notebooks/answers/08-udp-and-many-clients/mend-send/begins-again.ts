// points: 4
// says: as many bytes as were sent, but others
async function deliver(conn: socket.Socket, data: Uint8Array): Promise<void> {
  for (let sent = 0; sent < data.length; ) {
    sent += await conn.send(data.subarray(0, data.length - sent)) // always from the beginning
  }
}
