// points: 2
// says: after a time-out in recv
async function greeting(host: string, port: number, timeout: number): Promise<string> {
  const sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
  sock.settimeout(timeout)
  await sock.connect([host, port])
  const data = await sock.recv(1024)
  sock.close()
  return data.toString()
}
