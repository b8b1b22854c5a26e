// points: 26
// says: a slow client holds nobody up (0 of 1) no answer came
async function serve(server: socket.Socket, handle: Handler): Promise<void> {
  /** Answers one request. Says whether the connection stays open. */
  async function answerOne(conn: socket.Socket, incoming: Incoming): Promise<boolean> {
    let answer: Answer
    let keepOpen = false
    let withBody = true
    try {
      const text = await incoming.until("\r\n\r\n", 8000)
      if (text === null) return false
      const head = parseHead(text.toString("latin1"))
      const body = await readBody(incoming, head.headers, 100_000)
      keepOpen = head.version === "HTTP/1.1" && head.headers.get("connection")?.toLowerCase() !== "close"
      withBody = head.method !== "HEAD"
      answer = await handle({ ...head, body })
    } catch (error) {
      if (error instanceof ConnectionError) throw error
      if (error instanceof HttpError) {
        keepOpen = false
        answer = { status: error.status, body: `${error.message}\n` }
      } else answer = { status: 500, body: "Something went wrong.\n" }
    }
    await sendAnswer(conn, answer, keepOpen, withBody)
    return keepOpen
  }

  async function talk(conn: socket.Socket) {
    using held = conn
    const incoming = new Incoming(conn)
    try {
      while (await answerOne(conn, incoming)) {}
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error // a client that is gone is no news
    }
  }

  for await (const [conn] of server.connections()) {
    await talk(conn)
  }
}
