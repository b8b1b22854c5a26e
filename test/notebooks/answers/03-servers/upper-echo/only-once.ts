// points: 1
// says: no answer came to the client
async function upperEcho(sock: socket.Socket): Promise<void> {
  const [data, addr] = await sock.recvfrom(1024)
  await sock.sendto(Buffer.from(data.toString().toUpperCase()), addr)
}
