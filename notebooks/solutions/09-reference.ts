// %% cards
function cards(): Record<number, string> {
  return {
    1: "bind EADDRINUSE",
    2: "connect ECONNREFUSED",
    3: "accept EINVAL",
    4: "recv ENOTCONN",
    5: "bind EADDRNOTAVAIL",
    6: "sendall EPIPE",
    7: "gethostbyname EAI_NONAME",
    8: "recv ETIMEDOUT",
    9: "getsockname EBADF",
    10: "fromfd ENOTSOCK",
  }
}

// %% state-of
function stateOf(sock: socket.Socket): string {
  if (sock.fileno() === -1) return "closed"
  const show = ([host, port]: socket.InetAddress) => `${host}:${port}`
  const own = show(sock.getsockname())
  if (sock.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN) === 1) return `listens on ${own}`
  try {
    return `${own} talks to ${show(sock.getpeername())}`
  } catch (error) {
    if (error instanceof OSError && error.code === "ENOTCONN") return `${own}, alone`
    throw error
  }
}
