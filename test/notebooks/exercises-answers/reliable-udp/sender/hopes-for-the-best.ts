// points: 14.5
// says: sendFile is done, and receiveFile still waits for something that is missing
async function sendFile(sock: socket.Socket, address: socket.Address, data: Buffer, options: SendOptions): Promise<void> {
  const { size } = options
  let number = 0
  for (let at = 0; at < data.length; at += size) {
    await sock.sendto(pack({ kind: "data", number, data: data.subarray(at, at + size) }), address)
    number++
  }
  await sock.sendto(pack({ kind: "end", number }), address)
}
