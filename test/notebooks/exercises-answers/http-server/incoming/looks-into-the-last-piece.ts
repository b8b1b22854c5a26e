// points: 23.5
// says: It was waiting here
class Incoming {
  readonly conn: socket.Socket
  /** What has come and was not asked for yet. */
  rest: Buffer = Buffer.alloc(0)
  last = 0

  constructor(conn: socket.Socket) {
    this.conn = conn
  }

  async until(end: string, limit: number): Promise<Buffer | null> {
    for (;;) {
      const at = this.rest.indexOf(end, this.last)
      if (at >= 0 && at <= limit) {
        const part = this.rest.subarray(0, at)
        this.last = 0
        this.rest = this.rest.subarray(at + end.length)
        return part
      }
      if (at > limit || this.rest.length >= limit + end.length) throw new HttpError(431, `more than ${limit} bytes`)
      const data = await this.conn.recv(65536)
      if (data.length === 0) {
        if (this.rest.length === 0) return null
        throw new ConnectionError("the client hung up in the middle")
      }
      this.last = this.rest.length
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
