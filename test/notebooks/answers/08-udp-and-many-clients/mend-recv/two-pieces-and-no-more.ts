// points: 4
// says: expected "pay 1000 to Ann" received "pay 10"
async function readLine(conn: socket.Socket): Promise<string> {
  let text = (await conn.recv(1024)).toString()
  if (!text.includes("\n")) text += (await conn.recv(1024)).toString()
  return text.split("\n")[0]
}
