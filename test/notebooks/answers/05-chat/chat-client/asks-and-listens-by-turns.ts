// points: 3
// says: what it printed
async function chat(address: socket.InetAddress): Promise<void> {
  using sock = socket.socket()
  try {
    await sock.connect(address)
  } catch (error) {
    if (!(error instanceof ConnectionRefusedError)) throw error
    console.log("Could not connect to server")
    return
  }
  while (true) {
    const line = await input("You: ")
    await sock.sendall(Buffer.from(line))
    if (line === "quit") return
    console.log(String(await sock.recv(1024)))
  }
}
