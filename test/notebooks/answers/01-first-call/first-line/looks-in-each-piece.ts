// points: 2
// says: It was not over after 2 s
async function firstLine(conn: socket.Socket): Promise<string> {
  let text = ""
  while (true) {
    const part = (await conn.recv(1024)).toString()
    text += part
    if (part.includes("\r\n")) return text.slice(0, text.indexOf("\r\n"))
  }
}
