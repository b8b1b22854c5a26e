// points: 4
// says: expected "pay 1000 to Ann" received "00 to Ann"
async function readLine(conn: socket.Socket): Promise<string> {
  while (true) {
    const text = (await conn.recv(1024)).toString()
    if (text.includes("\n")) return text.split("\n")[0]
  }
}
