// points: 0
// says: received "SOCK_STREAM over AF_INET"
function describe(sock: socket.Socket): string {
  return `${socket.SocketKind[sock.type]} over ${socket.AddressFamily[sock.family]}`
}
