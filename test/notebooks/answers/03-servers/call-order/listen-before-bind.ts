// points: 2
// says: socket, listen, then bind: OSError: [Errno 22] Invalid argument
function tcpServer(): string[] {
  return ["socket", "listen", "bind", "accept", "recv", "sendall", "close"]
}

function tcpClient(): string[] {
  return ["socket", "connect", "sendall", "recv", "close"]
}

function udpServer(): string[] {
  return ["socket", "bind", "recvfrom", "sendto", "close"]
}
