// points: 4
// says: It was not over after 2 s
async function receiveExactly(
  conn: socket.Socket,
  size: number,
): Promise<Buffer | null> {
  let data: Buffer = Buffer.alloc(0)
  while (data.length < size) {
    data = Buffer.concat([data, await conn.recv(size - data.length)])
  }
  return data
}
