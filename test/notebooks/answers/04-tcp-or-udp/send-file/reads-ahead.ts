// points: 3
// says: The receiver waits for bytes that never come
import { readFile, writeFile } from "node:fs/promises"

async function sendFile(conn: socket.Socket, path: string): Promise<void> {
  const data = await readFile(path)
  await conn.sendall(struct.pack("!I", data.length)) // how long it is, in four bytes
  await conn.sendall(data)
}

async function receiveFile(conn: socket.Socket, path: string): Promise<void> {
  const file = conn.makefile("rb")
  const exactly = async (size: number) => {
    const data = await file.read(size)
    if (data.length < size) throw new ConnectionError("ended in the middle")
    return data
  }
  const [length] = struct.unpack("!I", await exactly(4))
  await writeFile(path, await exactly(length))
}
