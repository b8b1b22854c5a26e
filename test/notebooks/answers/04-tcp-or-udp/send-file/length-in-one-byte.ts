// points: 1
// says: The hash of
import { readFile, writeFile } from "node:fs/promises"

async function sendFile(conn: socket.Socket, path: string): Promise<void> {
  const data = await readFile(path)
  await conn.sendall(Buffer.from([data.length])) // how long it is, in four bytes
  await conn.sendall(data)
}

async function receiveFile(conn: socket.Socket, path: string): Promise<void> {
  const exactly = async (size: number) => {
    const parts: Buffer[] = []
    for (let missing = size; missing > 0; ) {
      const part = await conn.recv(Math.min(missing, 65_536)) // nothing of the next file
      if (part.length === 0) throw new ConnectionError(`ended with ${missing} of ${size} bytes missing`)
      parts.push(part)
      missing -= part.length
    }
    return Buffer.concat(parts)
  }
  const [length] = await exactly(1)
  await writeFile(path, await exactly(length))
}
