// points: 2
// says: then recv: OSError: [Errno 107]
function tcpServer(): string[] {
  return ["socket", "bind", "listen", "recv", "accept", "sendall", "close"]
}

function tcpClient(): string[] {
  return ["socket", "connect", "sendall", "recv", "close"]
}

function udpServer(): string[] {
  return ["socket", "bind", "recvfrom", "sendto", "close"]
}
