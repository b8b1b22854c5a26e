// points: 2
// says: The size of the copy:
import { readFile, writeFile } from "node:fs/promises"

async function sendFile(conn: socket.Socket, path: string): Promise<void> {
  const data = await readFile(path)
  await conn.sendall(bytes`${struct.pack("!I", data.length)}${data}`)
}

async function receiveFile(conn: socket.Socket, path: string): Promise<void> {
  const [length] = struct.unpack("!I", await conn.recv(4))
  await writeFile(path, length === 0 ? Buffer.alloc(0) : await conn.recv(length))
}
