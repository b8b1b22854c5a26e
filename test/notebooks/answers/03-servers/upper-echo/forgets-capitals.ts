// points: 0
// says: expected "HELLO" received "hello"
async function upperEcho(sock: socket.Socket): Promise<void> {
  try {
    while (true) {
      const [data, addr] = await sock.recvfrom(1024)
      await sock.sendto(data, addr)
    }
  } catch (error) {
    if (!(error instanceof OSError && error.code === "EBADF")) throw error
  }
}
