// points: 2
// says: still open or running after chat has ended
async function chat(address: socket.InetAddress): Promise<void> {
  async function receive(sock: socket.Socket) {
    try {
      // The file is a second handle: closing the socket alone does not end it.
      for await (const line of sock.makefile("r")) console.log(line.trimEnd())
    } catch (error) {
      if (!(error instanceof OSError)) throw error
    }
  }
  const sock = socket.socket()
  let receiving: threading.Thread | undefined
  try {
    await sock.connect(address)
    receiving = new threading.Thread({ target: receive, args: [sock], daemon: true })
    receiving.start()
    while (true) {
      const line = await input("You: ")
      await sock.sendall(Buffer.from(line))
      if (line.trim().toLowerCase() === "quit") break
    }
  } catch (error) {
    if (error instanceof ConnectionRefusedError) console.log("Could not connect to server")
    else if (!(error instanceof OSError)) throw error
  } finally {
    sock.close()
  }
}
