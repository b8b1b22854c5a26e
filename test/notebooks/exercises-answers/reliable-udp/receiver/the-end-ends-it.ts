// points: 25.5
// says: data 1, after a pause: receiveFile was over before that
async function receiveFile(sock: socket.Socket, linger: number): Promise<Buffer> {
  const parts = new Map<number, Buffer>()
  let sender: string | undefined
  let missing = 0 // the first number that has not arrived
  let end: number | undefined
  const isWhole = () => end !== undefined

  const patience = 4 * linger // so long a silence after the end is the end of everything
  let since = 0 // when the sender's last packet came
  for (;;) {
    // Packets of strangers must not make it stay: the time counts from the sender's last one.
    const left = patience - (performance.now() - since) / 1000
    if (isWhole() && left <= 0) break
    sock.settimeout(isWhole() ? left : null)
    let datagram: Buffer
    let from: socket.InetAddress
    try {
      ;[datagram, from] = await sock.recvfrom(65535)
    } catch (error) {
      if (error instanceof TimeoutError) break
      throw error
    }
    const packet = unpack(datagram)
    if (packet === null || packet.kind === "ack") continue
    sender ??= String(from)
    if (String(from) !== sender) continue
    since = performance.now()
    if (packet.kind === "data") parts.set(packet.number, packet.data)
    else end = packet.number
    while (parts.has(missing) || missing === end) missing++
    await sock.sendto(pack({ kind: "ack", number: missing }), from)
  }
  return Buffer.concat(Array.from({ length: end ?? 0 }, (_, number) => parts.get(number) ?? Buffer.alloc(0)))
}
