// points: 2
// says: 0 bytes came, and then no more; 9 are expected
async function echoServer(server: socket.Socket): Promise<void> {
  for await (const [conn] of server.connections()) {
    using held = conn
    for await (const data of conn.chunks(1024)) await conn.sendall(bytes`Echo: ${data}`)
  }
}
