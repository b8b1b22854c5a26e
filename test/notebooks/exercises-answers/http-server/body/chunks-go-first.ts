// points: 26.5
// says: expected HttpError to be thrown received no error, but
async function readBody(incoming: Incoming, headers: Map<string, string>, limit: number): Promise<Buffer> {
  const length = headers.get("content-length")
  const encoding = headers.get("transfer-encoding")
  if (encoding === undefined) {
    if (length === undefined) return Buffer.alloc(0)
    if (!/^[0-9]+$/.test(length)) throw new HttpError(400, `not a length: ${length}`)
    if (Number(length) > limit) throw new HttpError(413, `a body of ${length} bytes`)
    return await incoming.exactly(Number(length))
  }
  if (encoding.toLowerCase() !== "chunked") throw new HttpError(501, `the encoding ${encoding}`)

  async function line(): Promise<string> {
    const part = await incoming.until("\r\n", 1000)
    if (part === null) throw new ConnectionError("the client hung up within the chunks")
    return part.toString("latin1")
  }

  const chunks: Buffer[] = []
  for (let total = 0; ; ) {
    const [digits = ""] = (await line()).split(";")
    if (!/^[0-9a-f]+$/i.test(digits.trim())) throw new HttpError(400, `not the size of a chunk: ${digits}`)
    const size = parseInt(digits, 16)
    total += size
    if (total > limit) throw new HttpError(413, "a body that is too long")
    if (size === 0) break
    chunks.push(await incoming.exactly(size))
    if (String(await incoming.exactly(2)) !== "\r\n") throw new HttpError(400, "a chunk that is longer than its size")
  }
  while ((await line()) !== "") {} // the lines after the last chunk
  return Buffer.concat(chunks)
}
