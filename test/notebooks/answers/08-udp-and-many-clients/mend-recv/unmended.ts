// points: 4
// says: expected "pay 1000 to Ann" received "pay 1"
async function readLine(conn: socket.Socket): Promise<string> {
  const data = await conn.recv(1024)
  return data.toString().split("\n")[0]
}
