// points: 2
// says: timed out
async function ask(address: socket.InetAddress, question: Uint8Array, tries: number, timeout: number): Promise<Buffer> {
  using sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
  sock.settimeout(timeout)
  await sock.sendto(question, address)
  for (let i = 1; ; i++) {
    try {
      return (await sock.recvfrom(65535))[0]
    } catch (error) {
      if (i === tries) throw error
    }
  }
}
