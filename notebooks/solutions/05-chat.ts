// %% broadcast
async function broadcast(clients: Set<socket.Socket>, message: Uint8Array): Promise<void> {
  async function sendTo(client: socket.Socket) {
    try {
      await client.sendall(message)
    } catch (error) {
      if (!(error instanceof OSError)) throw error
      clients.delete(client)
      client.close()
    }
  }
  await Promise.all([...clients].map(sendTo)) // to all at once: nobody waits for another
}

// %% talk
async function talk(conn: socket.Socket, active: Set<socket.Socket>): Promise<void> {
  active.add(conn)
  try {
    for await (const data of conn.chunks(1024)) {
      if (data.toString().trim().toLowerCase() === "quit") break
      await conn.sendall(data)
    }
  } catch (error) {
    if (!(error instanceof ConnectionError)) throw error // broken off: no news
  } finally {
    active.delete(conn)
    conn.close()
  }
}

// %% nicknames
async function chatRoom(server: socket.Socket): Promise<void> {
  const names = new Map<string, socket.Socket>()

  async function send(conn: socket.Socket, line: string) {
    try {
      await conn.sendall(Buffer.from(`${line}\n`))
    } catch (error) {
      if (!(error instanceof OSError)) throw error // gone; its own conversation will notice
    }
  }

  async function converse(conn: socket.Socket) {
    using held = conn
    using lines = conn.makefile("r")
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
          const others = [...names.values()].filter((other) => other !== conn)
          await Promise.all(others.map((other) => send(other, `${name}: ${message}`)))
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

// %% chat-client
async function chat(address: socket.InetAddress): Promise<void> {
  async function receive(sock: socket.Socket) {
    try {
      for await (const data of sock.chunks(1024)) console.log(data.toString().trimEnd())
    } catch (error) {
      if (!(error instanceof OSError)) throw error // closed, or lost: nothing more comes
    }
  }

  const sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
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
    sock.shutdown(socket.SHUT_WR) // that was all from us
    await receiving.join(0.2) // last words of the server, if it has any
  } catch (error) {
    if (error instanceof ConnectionRefusedError) console.log("Could not connect to server")
    else if (error instanceof OSError) console.log(`The connection is lost: ${error.code}`)
    else throw error
  } finally {
    sock.close()
    await receiving?.join()
  }
}
