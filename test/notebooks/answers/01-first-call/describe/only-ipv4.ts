// points: 1
// says: expected "TCP over IPv6" received "TCP over IPv4"
function describe(sock: socket.Socket): string {
  return sock.type === socket.SOCK_STREAM ? "TCP over IPv4" : "UDP over IPv4"
}
