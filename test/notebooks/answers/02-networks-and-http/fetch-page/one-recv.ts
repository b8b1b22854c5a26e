// points: 2
// says: 0 bytes came, and then no more; 11 are expected
async function fetchPage(
  address: socket.InetAddress,
  path: string,
  timeout: number,
): Promise<{ status: number; body: Buffer }> {
  using call = await socket.createConnection(address, { timeout })
  await call.sendall(Buffer.from(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`))
  const [head, body = ""] = (await call.recv(4096)).toString().split("\r\n\r\n")
  return { status: Number(head.split(" ")[1]), body: Buffer.from(body) }
}
