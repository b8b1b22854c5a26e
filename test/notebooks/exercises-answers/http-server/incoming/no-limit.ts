// points: 25.5
// says: a part beyond the limit is 431, without waiting for its end (0 of 0.5) It was not over after 2 s
class Incoming {
  readonly conn: socket.Socket
  /** What has come and was not asked for yet. */
  rest: Buffer = Buffer.alloc(0)

  constructor(conn: socket.Socket) {
    this.conn = conn
  }

  async until(end: string, limit: number): Promise<Buffer | null> {
    for (;;) {
      const at = this.rest.indexOf(end)
      if (at >= 0) {
        const part = this.rest.subarray(0, at)
        this.rest = this.rest.subarray(at + end.length)
        return part
      }
      const data = await this.conn.recv(65536)
      if (data.length === 0) {
        if (this.rest.length === 0) return null
        throw new ConnectionError("the client hung up in the middle")
      }
      this.rest = Buffer.concat([this.rest, data])
    }
  }

  async exactly(size: number): Promise<Buffer> {
    while (this.rest.length < size) {
      const data = await this.conn.recv(65536)
      if (data.length === 0) throw new ConnectionError("the client hung up in the middle")
      this.rest = Buffer.concat([this.rest, data])
    }
    const part = this.rest.subarray(0, size)
    this.rest = this.rest.subarray(size)
    return part
  }
}
