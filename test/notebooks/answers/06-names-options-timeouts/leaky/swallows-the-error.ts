// points: 2
// says: expected ConnectionRefusedError to be thrown received no error, but ''
async function greeting(host: string, port: number, timeout: number): Promise<string> {
  using sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
  sock.settimeout(timeout)
  try {
    await sock.connect([host, port])
    return (await sock.recv(1024)).toString()
  } catch {
    return ""
  }
}
