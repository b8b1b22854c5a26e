// points: 3
// says: Bad file descriptor
async function broadcast(clients: Set<socket.Socket>, message: Uint8Array): Promise<void> {
  async function sendTo(client: socket.Socket) {
    try {
      await client.sendall(message)
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error
      clients.delete(client)
      client.close()
    }
  }
  await Promise.all([...clients].map(sendTo))
}
