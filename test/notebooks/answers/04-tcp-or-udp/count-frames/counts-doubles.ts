// points: 3
// says: 1 3 2 4 4 3 5 of 5:
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
      came.add(number)
      if (number < highest) late++
      else highest = number
    }
  } catch (error) {
    if (!(error instanceof TimeoutError)) throw error
    return { lost: count - came.size, late }
  }
}
