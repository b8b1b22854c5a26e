// points: 1
// says: KeyboardInterrupt
async function echoUntilStopped(server: socket.Socket): Promise<void> {
  try {
    while (true) {
      const [conn] = await server.accept()
      using held = conn
      try {
        for await (const data of conn.chunks(1024)) await conn.sendall(data)
      } catch (error) {
        if (!(error instanceof ConnectionError)) throw error
      }
    }
  } finally {
    server.close()
  }
}
