// points: 4
// says: expected ConnectionRefusedError to be thrown received Error: nobody answers
async function connectFirst(addresses: readonly socket.InetAddress[], timeout: number): Promise<socket.Socket> {
  for (const address of addresses) {
    try {
      return await socket.createConnection(address, { timeout })
    } catch {}
  }
  throw new Error("nobody answers")
}
