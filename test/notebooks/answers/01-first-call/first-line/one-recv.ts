// points: 1
// says: received "HTTP/1.1 40"
async function firstLine(conn: socket.Socket): Promise<string> {
  const text = (await conn.recv(1024)).toString()
  return text.split("\r\n")[0]
}
