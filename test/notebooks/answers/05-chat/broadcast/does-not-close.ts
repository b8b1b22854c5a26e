// points: 3
// says: the descriptor of the one that has crashed
async function broadcast(clients: Set<socket.Socket>, message: Uint8Array): Promise<void> {
  async function sendTo(client: socket.Socket) {
    try {
      await client.sendall(message)
    } catch {
      clients.delete(client)
    }
  }
  await Promise.all([...clients].map(sendTo))
}
