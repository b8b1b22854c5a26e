// points: 3
// says: after a refused connect
async function greeting(host: string, port: number, timeout: number): Promise<string> {
  const sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
  sock.settimeout(timeout)
  await sock.connect([host, port])
  try {
    return (await sock.recv(1024)).toString()
  } finally {
    sock.close()
  }
}
