// points: 2
// says: 0 bytes came, and then no more; 23 are expected
async function echoServer(server: socket.Socket): Promise<void> {
  async function talk(conn: socket.Socket) {
    using held = conn
    try {
      const data = await conn.recv(1024)
      if (data.length > 0) await conn.sendall(bytes`Echo: ${data}`)
    } catch {}
  }
  for await (const [conn] of server.connections()) void talk(conn)
}
