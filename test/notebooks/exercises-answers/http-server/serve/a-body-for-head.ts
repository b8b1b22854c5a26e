// points: 26.5
// says: HEAD, and an answer in chunks (0 of 0.5) behind the head for HEAD stands "HEAD "
async function serve(server: socket.Socket, handle: Handler): Promise<void> {
  /** Answers one request. Says whether the connection stays open. */
  async function answerOne(conn: socket.Socket, incoming: Incoming): Promise<boolean> {
    let answer: Answer
    let keepOpen = false
    try {
      const text = await incoming.until("\r\n\r\n", 8000)
      if (text === null) return false
      const head = parseHead(text.toString("latin1"))
      const body = await readBody(incoming, head.headers, 100_000)
      keepOpen = head.version === "HTTP/1.1" && head.headers.get("connection")?.toLowerCase() !== "close"
      answer = await handle({ ...head, body })
    } catch (error) {
      if (error instanceof ConnectionError) throw error
      if (error instanceof HttpError) {
        keepOpen = false
        answer = { status: error.status, body: `${error.message}\n` }
      } else answer = { status: 500, body: "Something went wrong.\n" }
    }
    await sendAnswer(conn, answer, keepOpen, true)
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
    new threading.Thread({ target: talk, args: [conn], daemon: true }).start()
  }
}
