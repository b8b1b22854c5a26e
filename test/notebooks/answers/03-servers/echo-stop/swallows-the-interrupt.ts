// points: 2
// says: It was not over after 3 s
async function echoUntilStopped(server: socket.Socket): Promise<void> {
  try {
    while (true) {
      const [conn] = await server.accept()
      using held = conn
      try {
        for await (const data of conn.chunks(1024)) await conn.sendall(data)
      } catch {} // whatever it was
    }
  } catch (error) {
    if (!(error instanceof KeyboardInterrupt)) throw error
  } finally {
    server.close()
  }
}
