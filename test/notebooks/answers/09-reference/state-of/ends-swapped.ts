// points: 4
// says: the client expected "127.0.0.1:
function stateOf(sock: socket.Socket): string {
  if (sock.fileno() < 0) return "closed"
  const own = sock.getsockname().join(":")
  if (sock.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)) return `listens on ${own}`
  try {
    return `${sock.getpeername().join(":")} talks to ${own}`
  } catch (error) {
    if (error instanceof OSError && error.code === "ENOTCONN") return `${own}, alone`
    throw error
  }
}
