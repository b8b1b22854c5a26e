// points: 3
// says: bytes came, and then no more; 8000000 are expected
async function broadcast(clients: Set<socket.Socket>, message: Uint8Array): Promise<void> {
  async function sendTo(client: socket.Socket) {
    try {
      await client.send(message)
    } catch {
      clients.delete(client)
      client.close()
    }
  }
  await Promise.all([...clients].map(sendTo))
}
