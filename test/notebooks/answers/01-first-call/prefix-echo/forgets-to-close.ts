// points: 3
// says: nothing came from 127.0.0.1
async function echoServer(server: socket.Socket): Promise<void> {
  async function talk(conn: socket.Socket) {
    try {
      while (true) {
        const data = await conn.recv(1024)
        if (data.length === 0) break
        await conn.sendall(bytes`Echo: ${data}`)
      }
    } catch {}
  }
  for await (const [conn] of server.connections()) void talk(conn)
}
