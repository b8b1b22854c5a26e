// points: 3
// says: Connection reset by peer
async function echoUntilStopped(server: socket.Socket): Promise<void> {
  try {
    while (true) {
      const [conn] = await server.accept()
      using held = conn
      while (true) {
        const data = await conn.recv(1024)
        if (data.length === 0) break
        await conn.sendall(data)
      }
    }
  } catch (error) {
    if (!(error instanceof KeyboardInterrupt)) throw error
  } finally {
    server.close()
  }
}
