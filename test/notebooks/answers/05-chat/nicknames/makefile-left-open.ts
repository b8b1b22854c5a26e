// points: 5
// says: timed out
async function chatRoom(server: socket.Socket): Promise<void> {
  const names = new Map<string, socket.Socket>()
  const send = (conn: socket.Socket, line: string) => conn.sendall(Buffer.from(`${line}\n`))

  async function converse(conn: socket.Socket) {
    using held = conn
    const lines = conn.makefile("r")
    let name = ""
    try {
      for await (const line of lines) {
        const message = line.trimEnd()
        if (message === "quit") break
        if (name === "") {
          if (names.has(message)) {
            await send(conn, "taken")
            continue
          }
          name = message
          names.set(name, conn)
          await send(conn, `Welcome, ${name}`)
        } else if (message === "/who") {
          await send(conn, [...names.keys()].sort().join(", "))
        } else {
          for (const other of [...names.values()].filter((other) => other !== conn)) await send(other, `${name}: ${message}`)
        }
      }
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error
    } finally {
      if (name !== "") names.delete(name)
    }
  }

  for await (const [conn] of server.connections()) {
    new threading.Thread({ target: converse, args: [conn], daemon: true }).start()
  }
}
