// points: 2
// says: It was not over after 3 s
async function ask(address: socket.InetAddress, question: Uint8Array, tries: number, timeout: number): Promise<Buffer> {
  using sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
  await sock.sendto(question, address)
  return (await sock.recvfrom(65535))[0]
}
