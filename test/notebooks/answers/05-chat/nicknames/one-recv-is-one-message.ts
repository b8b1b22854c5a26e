// points: 5
// says: what Ann gets
async function chatRoom(server: socket.Socket): Promise<void> {
  const names = new Map<string, socket.Socket>()
  const send = (conn: socket.Socket, line: string) => conn.sendall(Buffer.from(`${line}\n`))

  async function converse(conn: socket.Socket) {
    using held = conn
    
    let name = ""
    try {
      for await (const data of conn.chunks(1024)) {
        const message = data.toString().trimEnd()
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
