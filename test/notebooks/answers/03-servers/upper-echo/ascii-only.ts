// points: 3
// says: expected "ZOË" received
async function upperEcho(sock: socket.Socket): Promise<void> {
  try {
    while (true) {
      const [data, addr] = await sock.recvfrom(1024)
      await sock.sendto(Buffer.from(data.toString("latin1").toUpperCase()), addr)
    }
  } catch (error) {
    if (!(error instanceof OSError && error.code === "EBADF")) throw error
  }
}
