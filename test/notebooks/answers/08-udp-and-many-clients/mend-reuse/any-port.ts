// points: 4
// says: 3: starts again at once (0 of 1)
function startServer(address: socket.InetAddress): socket.Socket {
  const server = socket.socket()
  server.bind([address[0], 0])
  server.listen()
  return server
}
