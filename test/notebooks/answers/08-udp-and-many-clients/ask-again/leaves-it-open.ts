// points: 4
// says: still open or running at the end
async function ask(address: socket.InetAddress, question: Uint8Array, tries: number, timeout: number): Promise<Buffer> {
  const sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
  sock.settimeout(timeout)
  for (let i = 1; ; i++) {
    await sock.sendto(question, address)
    try {
      return (await sock.recvfrom(65535))[0]
    } catch (error) {
      if (i === tries) throw error
    }
  }
}
