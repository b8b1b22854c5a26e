// points: 1
// says: after a refused connect
async function greeting(host: string, port: number, timeout: number): Promise<string> {
  const sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
  sock.settimeout(timeout)
  await sock.connect([host, port])
  const data = await sock.recv(1024)
  if (data.length === 0) return ""
  sock.close()
  return data.toString()
}
