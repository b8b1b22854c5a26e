// points: 2
// says: socket, bind, then accept: OSError: [Errno 22] Invalid argument
function tcpServer(): string[] {
  return ["socket", "bind", "accept", "listen", "recv", "sendall", "close"]
}

function tcpClient(): string[] {
  return ["socket", "connect", "sendall", "recv", "close"]
}

function udpServer(): string[] {
  return ["socket", "bind", "recvfrom", "sendto", "close"]
}
