// points: 0
// says: expected "TCP over IPv4" received "UDP over IPv4"
function describe(sock: socket.Socket): string {
  const protocol = sock.type === socket.SOCK_DGRAM ? "TCP" : "UDP"
  return `${protocol} over ${sock.family === socket.AF_INET ? "IPv4" : "IPv6"}`
}
