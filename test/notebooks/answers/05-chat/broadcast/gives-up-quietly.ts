// points: 1
// says: one does not read: the others get it (0 of 1) what client
async function broadcast(clients: Set<socket.Socket>, message: Uint8Array): Promise<void> {
  try {
    for (const client of clients) await client.sendall(message)
  } catch {}
}
