// points: 0
// says: It was not over
async function countFrames(
  sock: socket.Socket,
  count: number,
): Promise<{ lost: number; late: number }> {
  const came = new Set<number>()
  let highest = 0
  let late = 0
  sock.settimeout(null)
  try {
    while (true) {
      const data = await sock.recv(2048)
      const [number] = struct.unpack("!I", data.subarray(0, 4))
      if (came.has(number)) continue // the second coming of a doubled frame
      came.add(number)
      if (number < highest) late++
      else highest = number
    }
  } catch (error) {
    if (!(error instanceof TimeoutError)) throw error
    return { lost: count - came.size, late }
  }
}
