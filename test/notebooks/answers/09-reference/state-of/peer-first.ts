// points: 3
// says: expected "listens on 127.0.0.1:
function stateOf(sock: socket.Socket): string {
  try {
    return `${sock.getsockname().join(":")} talks to ${sock.getpeername().join(":")}`
  } catch {
    if (sock.fileno() === -1) return "closed"
    return `${sock.getsockname().join(":")}, alone`
  }
}
