// points: 2
// says: each call once, and no others
function tcpServer(): string[] {
  return ["socket", "bind", "listen", "accept", "recv", "sendall", "close"]
}

function tcpClient(): string[] {
  return ["socket", "connect", "sendall", "recv", "close"]
}

function udpServer(): string[] {
  return ["socket", "bind", "listen", "recvfrom", "sendto", "close"]
}
