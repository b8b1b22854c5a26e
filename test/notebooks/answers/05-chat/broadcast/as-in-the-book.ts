// points: 1
// says: Connection reset by peer
async function broadcast(clients: Set<socket.Socket>, message: Uint8Array): Promise<void> {
  for (const client of clients) await client.sendall(message)
}
