// points: 4
// says: still open or running at the end
async function countOpen(addresses: socket.InetAddress[]): Promise<number> {
  let count = 0
  for (const address of addresses) {
    const sock = socket.socket()
    try {
      await sock.connect(address)
      count++
      sock.close()
    } catch {}
  }
  return count
}
