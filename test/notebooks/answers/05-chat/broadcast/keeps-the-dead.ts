// points: 3
// says: how many are in the set
async function broadcast(clients: Set<socket.Socket>, message: Uint8Array): Promise<void> {
  async function sendTo(client: socket.Socket) {
    try {
      await client.sendall(message)
    } catch {}
  }
  await Promise.all([...clients].map(sendTo))
}
