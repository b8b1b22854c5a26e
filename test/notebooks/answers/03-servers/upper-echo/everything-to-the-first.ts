// points: 3
// says: no answer came to Bob
async function upperEcho(sock: socket.Socket): Promise<void> {
  let to: socket.InetAddress | undefined
  try {
    while (true) {
      const [data, addr] = await sock.recvfrom(1024)
      to ??= addr as socket.InetAddress
      await sock.sendto(Buffer.from(data.toString().toUpperCase()), to)
    }
  } catch (error) {
    if (!(error instanceof OSError && error.code === "EBADF")) throw error
  }
}
