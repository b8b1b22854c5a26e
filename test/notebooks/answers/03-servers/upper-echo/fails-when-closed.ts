// points: 3
// says: Bad file descriptor
async function upperEcho(sock: socket.Socket): Promise<void> {
  while (true) {
    const [data, addr] = await sock.recvfrom(1024)
    await sock.sendto(Buffer.from(data.toString().toUpperCase()), addr)
  }
}
