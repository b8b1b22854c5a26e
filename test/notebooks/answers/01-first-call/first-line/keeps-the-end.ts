// points: 0
// says: received "HTTP/1.1 200 OK\r"
async function firstLine(conn: socket.Socket): Promise<string> {
  let text = ""
  while (!text.includes("\n")) text += (await conn.recv(1024)).toString()
  return text.slice(0, text.indexOf("\n"))
}
