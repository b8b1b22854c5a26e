// points: 6
// says: a server that says nothing
async function fetchPage(
  address: socket.InetAddress,
  path: string,
  timeout: number,
): Promise<{ status: number; body: Buffer }> {
  using call = await socket.createConnection(address, {})
  const host = address.join(":")
  await call.sendall(Buffer.from(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`))
  await using file = call.makefile("rb")

  const line = async () => (await file.readline()).toString("latin1").trimEnd()
  const exactly = async (size: number) => {
    const data = await file.read(size)
    if (data.length < size) throw new ConnectionError(`${data.length} of ${size} bytes came`)
    return data
  }

  const status = Number((await line()).split(" ")[1])
  const headers = new Map<string, string>()
  for (let one = await line(); one !== ""; one = await line()) {
    const colon = one.indexOf(":")
    headers.set(one.slice(0, colon).toLowerCase(), one.slice(colon + 1).trim())
  }

  if (headers.get("transfer-encoding") === "chunked") {
    const parts: Buffer[] = []
    for (let size = parseInt(await line(), 16); size > 0; size = parseInt(await line(), 16)) {
      parts.push(await exactly(size))
      await exactly(2) // the line end behind each piece
    }
    while ((await line()) !== "") {} // more headers, and the empty line
    return { status, body: Buffer.concat(parts) }
  }
  const length = headers.get("content-length")
  return { status, body: length === undefined ? await file.read() : await exactly(Number(length)) }
}
