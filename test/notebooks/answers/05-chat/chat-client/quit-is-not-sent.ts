// points: 2
// says: what the server got
async function chat(address: socket.InetAddress): Promise<void> {
  async function receive(sock: socket.Socket) {
    try {
      for await (const data of sock.chunks(1024)) console.log(data.toString().trimEnd())
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
      if (line.trim().toLowerCase() === "quit") break
      await sock.sendall(Buffer.from(line))
    }
  } catch (error) {
    if (error instanceof ConnectionRefusedError) console.log("Could not connect to server")
    else if (!(error instanceof OSError)) throw error
  } finally {
    sock.close()
    await receiving?.join()
  }
}
