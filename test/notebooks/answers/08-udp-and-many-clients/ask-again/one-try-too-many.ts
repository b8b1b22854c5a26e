// points: 4
// says: how often the question was sent expected 3 received 4
async function ask(address: socket.InetAddress, question: Uint8Array, tries: number, timeout: number): Promise<Buffer> {
  using sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
  sock.settimeout(timeout)
  for (let i = 0; ; i++) {
    await sock.sendto(question, address)
    try {
      return (await sock.recvfrom(65535))[0]
    } catch (error) {
      if (i === tries) throw error
    }
  }
}
