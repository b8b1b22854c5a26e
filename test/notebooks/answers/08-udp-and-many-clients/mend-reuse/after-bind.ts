// points: 4
// says: Address already in use
function startServer(address: socket.InetAddress): socket.Socket {
  const server = socket.socket()
  server.bind(address)
  server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
  server.listen()
  return server
}
