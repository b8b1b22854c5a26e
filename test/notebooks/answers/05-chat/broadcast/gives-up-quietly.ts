// points: 1
// says: what client 2 gets
async function broadcast(clients: Set<socket.Socket>, message: Uint8Array): Promise<void> {
  try {
    for (const client of clients) await client.sendall(message)
  } catch {}
}
