// points: 3
// says: Transport endpoint is not connected
function stateOf(sock: socket.Socket): string {
  if (sock.fileno() < 0) return "closed"
  const [host, port] = sock.getsockname()
  if (port === 0) return "0.0.0.0:0, alone"
  if (sock.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)) return `listens on ${host}:${port}`
  return `${host}:${port} talks to ${sock.getpeername().join(":")}`
}
