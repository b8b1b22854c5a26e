// points: 4
// says: Bad file descriptor: the socket is closed
function stateOf(sock: socket.Socket): string {
  const own = sock.getsockname().join(":")
  if (sock.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)) return `listens on ${own}`
  try {
    return `${own} talks to ${sock.getpeername().join(":")}`
  } catch (error) {
    if (error instanceof OSError && error.code === "ENOTCONN") return `${own}, alone`
    throw error
  }
}
