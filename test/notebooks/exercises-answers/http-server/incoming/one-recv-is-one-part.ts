// points: 14
// says: expected "GET / HTTP/1.1" received "GET / HT"
class Incoming {
  readonly conn: socket.Socket

  constructor(conn: socket.Socket) {
    this.conn = conn
  }

  async until(end: string, limit: number): Promise<Buffer | null> {
    const data = await this.conn.recv(limit)
    if (data.length === 0) return null
    return Buffer.from(data.toString().split(end)[0]!)
  }

  async exactly(size: number): Promise<Buffer> {
    return await this.conn.recv(size)
  }
}
