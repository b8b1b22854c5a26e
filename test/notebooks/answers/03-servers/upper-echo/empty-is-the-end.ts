// points: 3
// says: no answer came to the client
async function upperEcho(sock: socket.Socket): Promise<void> {
  try {
    while (true) {
      const [data, addr] = await sock.recvfrom(1024)
      if (data.length === 0) break
      await sock.sendto(Buffer.from(data.toString().toUpperCase()), addr)
    }
  } catch (error) {
    if (!(error instanceof OSError && error.code === "EBADF")) throw error
  }
}
