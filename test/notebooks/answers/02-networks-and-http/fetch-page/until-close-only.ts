// points: 2
// says: timed out
async function fetchPage(
  address: socket.InetAddress,
  path: string,
  timeout: number,
): Promise<{ status: number; body: Buffer }> {
  using call = await socket.createConnection(address, { timeout })
  await call.sendall(Buffer.from(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`))
  const parts: Buffer[] = []
  for await (const part of call.chunks()) parts.push(part)
  const whole = Buffer.concat(parts)
  const end = whole.indexOf("\r\n\r\n")
  const status = Number(whole.subarray(0, end).toString().split(" ")[1])
  return { status, body: whole.subarray(end + 4) }
}
