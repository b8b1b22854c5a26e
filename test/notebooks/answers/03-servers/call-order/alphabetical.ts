// points: 0
// says: there is no socket yet
function tcpServer(): string[] {
  return ["accept", "bind", "close", "listen", "recv", "sendall", "socket"]
}

function tcpClient(): string[] {
  return ["close", "connect", "recv", "sendall", "socket"]
}

function udpServer(): string[] {
  return ["bind", "close", "recvfrom", "sendto", "socket"]
}
