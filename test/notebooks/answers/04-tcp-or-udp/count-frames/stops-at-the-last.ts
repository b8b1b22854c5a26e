// points: 3
// says: expected { lost: 18, late: 92 } received { lost: 21, late: 89 }
async function countFrames(
  sock: socket.Socket,
  count: number,
): Promise<{ lost: number; late: number }> {
  const came = new Set<number>()
  let highest = 0
  let late = 0
  sock.settimeout(0.3)
  try {
    while (true) {
      const data = await sock.recv(2048)
      const [number] = struct.unpack("!I", data.subarray(0, 4))
      if (came.has(number)) continue // the second coming of a doubled frame
      came.add(number)
      if (number < highest) late++
      else highest = number
      if (number === count) return { lost: count - came.size, late }
    }
  } catch (error) {
    if (!(error instanceof TimeoutError)) throw error
    return { lost: count - came.size, late }
  }
}
