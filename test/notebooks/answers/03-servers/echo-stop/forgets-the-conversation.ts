// points: 3
// says: open now, and only the check's own client should be
async function echoUntilStopped(server: socket.Socket): Promise<void> {
  try {
    while (true) {
      const [conn] = await server.accept()
      try {
        while (true) {
          const data = await conn.recv(1024)
          if (data.length === 0) break
          await conn.sendall(data)
        }
      } catch (error) {
        if (!(error instanceof ConnectionError)) throw error
      }
      conn.close()
    }
  } catch (error) {
    if (!(error instanceof KeyboardInterrupt)) throw error
  } finally {
    server.close()
  }
}
