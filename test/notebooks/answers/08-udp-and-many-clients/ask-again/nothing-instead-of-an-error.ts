// points: 4
// says: expected TimeoutError to be thrown received no error
async function ask(address: socket.InetAddress, question: Uint8Array, tries: number, timeout: number): Promise<Buffer> {
  using sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
  sock.settimeout(timeout)
  for (let i = 0; i < tries; i++) {
    await sock.sendto(question, address)
    try {
      return (await sock.recvfrom(65535))[0]
    } catch {}
  }
  return Buffer.alloc(0)
}
