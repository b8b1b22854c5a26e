// points: 4
// says: expected ENOMEM to be thrown received no error
function stateOf(sock: socket.Socket): string {
  if (sock.fileno() < 0) return "closed"
  const own = sock.getsockname().join(":")
  if (sock.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)) return `listens on ${own}`
  try {
    return `${own} talks to ${sock.getpeername().join(":")}`
  } catch {
    return `${own}, alone`
  }
}
