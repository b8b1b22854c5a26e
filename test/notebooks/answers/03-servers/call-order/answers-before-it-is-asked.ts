// points: 2
// says: socket, bind, then sendto: Error: to whom? Nothing has come yet
function tcpServer(): string[] {
  return ["socket", "bind", "listen", "accept", "recv", "sendall", "close"]
}

function tcpClient(): string[] {
  return ["socket", "connect", "sendall", "recv", "close"]
}

function udpServer(): string[] {
  return ["socket", "bind", "sendto", "recvfrom", "close"]
}
