// points: 4
// says: connections still open after fetchPage
async function fetchPage(
  address: socket.InetAddress,
  path: string,
  timeout: number,
): Promise<{ status: number; body: Buffer }> {
  const call = await socket.createConnection(address, { timeout })
  await call.sendall(Buffer.from(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`))
  const file = call.makefile("rb")
  const line = async () => (await file.readline()).toString("latin1").trimEnd()
  const status = Number((await line()).split(" ")[1])
  let length = -1
  for (let one = await line(); one !== ""; one = await line()) {
    const [name, value] = one.toLowerCase().split(": ")
    if (name === "content-length") length = Number(value)
  }
  return { status, body: await file.read(length) }
}
