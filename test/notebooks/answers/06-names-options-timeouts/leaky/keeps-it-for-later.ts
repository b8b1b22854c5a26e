// points: 2
// says: still open after it returned ""
async function greeting(host: string, port: number, timeout: number): Promise<string> {
  const sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
  sock.settimeout(timeout)
  try {
    await sock.connect([host, port])
    const data = await sock.recv(1024)
    return data.toString()
  } catch (error) {
    sock.close()
    throw error
  }
}
