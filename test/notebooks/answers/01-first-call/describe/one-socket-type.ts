// points: 1
// says: received "TCP over IPv6"
function describe(sock: socket.Socket): string {
  return sock.family === socket.AF_INET6 ? "TCP over IPv6" : sock.type === socket.SOCK_STREAM ? "TCP over IPv4" : "UDP over IPv4 "
}
