// points: 25
// says: nothing comes any more: sendFile was over before that
async function sendFile(sock: socket.Socket, address: socket.Address, data: Buffer, options: SendOptions): Promise<void> {
  const { size, window, timeout, tries } = options
  const packets: Packet[] = []
  for (let at = 0; at < data.length; at += size) {
    packets.push({ kind: "data", number: packets.length, data: data.subarray(at, at + size) })
  }
  packets.push({ kind: "end", number: packets.length })

  let acked = 0 // everything below has arrived
  let next = 0 // the first that was never sent
  let timeouts = 0
  let due = performance.now() + timeout * 1000
  while (acked < packets.length) {
    while (next < packets.length && next < acked + window) {
      await sock.sendto(pack(packets[next]!), address)
      next++
    }
    const left = (due - performance.now()) / 1000
    const packet = left > 0 ? await packetWithin(sock, left) : "nothing"
    if (packet === "nothing") {
      timeouts++
      if (timeouts >= tries) throw new TimeoutError(`no answer from ${address}`)
      // Only the first that is missing: the receiver keeps what came after it.
      await sock.sendto(pack(packets[acked]!), address)
      due = performance.now() + timeout * 1000
    } else if (packet?.kind === "ack") {
      acked = packet.number
      timeouts = 0
      due = performance.now() + timeout * 1000
    }
  }

  async function packetWithin(sock: socket.Socket, seconds: number): Promise<Packet | null | "nothing"> {
    sock.settimeout(seconds)
    try {
      const [datagram] = await sock.recvfrom(65535)
      return unpack(datagram)
    } catch (error) {
      if (error instanceof TimeoutError) return "nothing"
      throw error
    }
  }
}
