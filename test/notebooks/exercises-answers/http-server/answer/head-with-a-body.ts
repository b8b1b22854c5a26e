// points: 26
// says: what stands behind the head expected "" received "no such page"
async function sendAnswer(conn: socket.Socket, answer: Answer, keepOpen: boolean, withBody: boolean): Promise<void> {
  const { status, body } = answer
  const whole = typeof body === "string" ? Buffer.from(body) : null
  const lines = [`HTTP/1.1 ${status} ${REASONS[status] ?? ""}`]
  lines.push(whole ? `Content-Length: ${whole.length}` : "Transfer-Encoding: chunked")
  if (!keepOpen) lines.push("Connection: close")
  await conn.sendall(Buffer.from(`${lines.join("\r\n")}\r\n\r\n`))
  if (typeof body === "string") {
    await conn.sendall(Buffer.from(body))
    return
  }
  for await (const part of body) {
    const data = Buffer.from(part)
    if (data.length === 0) continue // a chunk of size 0 would be the last one
    const size = Buffer.from(data.length.toString(16))
    await conn.sendall(bytes`${size}\r\n${data}\r\n`)
  }
  await conn.sendall(bytes`0\r\n\r\n`)
}
