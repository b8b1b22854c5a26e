// points: 4
// says: still open or running at the end
async function countOpen(addresses: socket.InetAddress[]): Promise<number> {
  let count = 0
  let sock = socket.socket()
  for (const address of addresses) {
    sock = socket.socket()
    try {
      await sock.connect(address)
      count++
    } catch {}
  }
  sock.close()
  return count
}
