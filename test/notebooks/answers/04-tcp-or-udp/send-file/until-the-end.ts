// points: 2
// says: expected ConnectionError to be thrown received it ended without an error
import { readFile, writeFile } from "node:fs/promises"

async function sendFile(conn: socket.Socket, path: string): Promise<void> {
  await conn.sendall(await readFile(path))
  conn.shutdown(socket.SHUT_WR)
}

async function receiveFile(conn: socket.Socket, path: string): Promise<void> {
  const parts: Buffer[] = []
  for await (const part of conn.chunks()) parts.push(part)
  await writeFile(path, Buffer.concat(parts))
}
