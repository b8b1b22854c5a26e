// points: 2
// says: socket, connect, then recv: TimeoutError
function tcpServer(): string[] {
  return ["socket", "bind", "listen", "accept", "recv", "sendall", "close"]
}

function tcpClient(): string[] {
  return ["socket", "connect", "recv", "sendall", "close"]
}

function udpServer(): string[] {
  return ["socket", "bind", "recvfrom", "sendto", "close"]
}
