// points: 3
// says: what client 2 gets
async function broadcast(clients: Set<socket.Socket>, message: Uint8Array): Promise<void> {
  for (const client of clients) {
    try {
      await client.sendall(message)
    } catch {
      clients.delete(client)
      client.close()
    }
  }
}
