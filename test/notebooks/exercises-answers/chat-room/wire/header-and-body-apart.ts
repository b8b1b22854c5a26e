// points: 23 or 22
// says: messages that are sent at the same time do not get mixed up (0 of 1)
/** The message that this is; a TypeError if it is none. */
function messageOf(value: unknown): Message {
  const isText = (field: unknown) => typeof field === "string"
  const isTexts = (field: unknown) => Array.isArray(field) && field.every(isText)
  const fields: Record<string, Record<string, (field: unknown) => boolean>> = {
    join: { name: isText },
    say: { text: isText },
    leave: {},
    welcome: { names: isTexts },
    refused: { reason: isText },
    joined: { name: isText },
    said: { name: isText, text: isText },
    left: { name: isText },
  }
  const message = (typeof value === "object" && value !== null ? value : {}) as Record<string, unknown>
  const wanted = typeof message.kind === "string" && Object.hasOwn(fields, message.kind) ? fields[message.kind] : undefined
  if (!wanted) throw new TypeError(`not a message: ${JSON.stringify(value)}`)
  for (const [name, fits] of Object.entries(wanted)) {
    if (!fits(message[name])) throw new TypeError(`${name} is missing or wrong: ${JSON.stringify(value)}`)
  }
  return value as Message
}

class Wire {
  readonly conn: socket.Socket
  /** The longest message that is received, in bytes. */
  readonly limit: number
  /** What has come and is not used yet. */
  rest: Buffer = Buffer.alloc(0)
  /** For whoever sends; add what else you need. */
  readonly sending = new threading.Lock()

  constructor(conn: socket.Socket, limit: number) {
    this.conn = conn
    this.limit = limit
  }

  async send(message: Message): Promise<void> {
    const data = Buffer.from(JSON.stringify(message))
    await this.conn.sendall(struct.pack("!I", data.length))
    await this.conn.sendall(data)
  }

  async receive(): Promise<Message | null> {
    for (;;) {
      const length = this.rest.length < 4 ? null : this.rest.readUInt32BE(0)
      if (length !== null && length > this.limit) throw new RangeError(`a message of ${length} bytes`)
      if (length !== null && this.rest.length >= 4 + length) {
        const data = this.rest.subarray(4, 4 + length)
        this.rest = this.rest.subarray(4 + length)
        return messageOf(JSON.parse(data.toString()))
      }
      const more = await this.conn.recv(65536)
      if (more.length === 0) {
        if (this.rest.length === 0) return null
        throw new ConnectionError("the other side hung up within a message")
      }
      this.rest = Buffer.concat([this.rest, more])
    }
  }
}
