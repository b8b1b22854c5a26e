// points: 25
// says: for b'\x01\x00\x00\x00\x03x' expected null
function pack(packet: Packet): Buffer {
  const kind = { data: 0, end: 1, ack: 2 }[packet.kind]
  const head = struct.pack("!BI", kind, packet.number)
  return packet.kind === "data" ? Buffer.concat([head, packet.data]) : head
}

function unpack(datagram: Buffer): Packet | null {
  if (datagram.length < 5) return null
  const [kind, number] = struct.unpack("!BI", datagram.subarray(0, 5))
  const data = datagram.subarray(5)
  if (kind === 0) return { kind: "data", number, data }
  if (kind === 1) return { kind: "end", number }
  return kind === 2 ? { kind: "ack", number } : null
}
