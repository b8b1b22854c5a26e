// %% send-file
import { readFile, writeFile } from "node:fs/promises"

async function sendFile(conn: socket.Socket, path: string): Promise<void> {
  const data = await readFile(path)
  await conn.sendall(struct.pack("!I", data.length)) // how long it is, in four bytes
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
  const [length] = struct.unpack("!I", await exactly(4))
  await writeFile(path, await exactly(length))
}

// %% count-frames
async function countFrames(
  sock: socket.Socket,
  count: number,
): Promise<{ lost: number; late: number }> {
  const came = new Set<number>()
  let highest = 0
  let late = 0
  sock.settimeout(0.3)
  try {
    while (true) {
      const data = await sock.recv(2048)
      const [number] = struct.unpack("!I", data.subarray(0, 4))
      if (came.has(number)) continue // the second coming of a doubled frame
      came.add(number)
      if (number < highest) late++
      else highest = number
    }
  } catch (error) {
    if (!(error instanceof TimeoutError)) throw error
    return { lost: count - came.size, late }
  }
}
