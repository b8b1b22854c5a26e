// points: 1
// says: expected "HTTP/1.1 404 Not Found" received "4 Not Found"
async function firstLine(conn: socket.Socket): Promise<string> {
  while (true) {
    const text = (await conn.recv(1024)).toString()
    if (text.includes("\r\n")) return text.split("\r\n")[0]
  }
}
