// points: 2
// says: the server is gone when a client says two
async function echoUntilStopped(server: socket.Socket): Promise<void> {
  try {
    const [conn] = await server.accept()
    using held = conn
    for await (const data of conn.chunks(1024)) await conn.sendall(data)
  } catch (error) {
    if (!(error instanceof KeyboardInterrupt || error instanceof ConnectionError)) throw error
  } finally {
    server.close()
  }
}
