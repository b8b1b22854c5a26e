// points: 21.5
// says: Bob, who has left,: no message came
async function serveRoom(server: socket.Socket): Promise<void> {
  const connections = new Set<socket.Socket>()
  const members = new Map<string, Wire>()

  function tell(wire: Wire, message: Message) {
    // Not awaited: who does not listen must not hold up the others. One after the other all the same: see Wire.
    void wire.send(message).catch(() => {}) // gone: its own task notices
  }
  function tellAll(message: Message) {
    for (const wire of members.values()) tell(wire, message)
  }

  /** Until the client is in; undefined if it does not come in. */
  async function nameOf(wire: Wire): Promise<string | undefined> {
    for (;;) {
      const message = await wire.receive()
      if (message?.kind !== "join") return undefined
      const problem = nameProblem(message.name, members.keys())
      if (problem === null) return message.name
      tell(wire, { kind: "refused", reason: problem })
    }
  }

  async function talk(conn: socket.Socket) {
    const wire = new Wire(conn, 100_000)
    let name: string | undefined
    try {
      name = await nameOf(wire)
      if (name === undefined) return
      tellAll({ kind: "joined", name })
      members.set(name, wire)
      tell(wire, { kind: "welcome", names: [...members.keys()].sort() })
      for (;;) {
        const message = await wire.receive()
        if (message?.kind !== "say") return
        tellAll({ kind: "said", name, text: message.text })
      }
    } catch {
      // Gone, or what came was no message: out, in either case.
    } finally {
      connections.delete(conn)
      if (name !== undefined && members.delete(name)) tellAll({ kind: "left", name })
    }
  }

  for await (const [conn] of server.connections()) {
    connections.add(conn)
    new threading.Thread({ target: talk, args: [conn], daemon: true }).start()
  }
  for (const conn of connections) conn.close()
}
