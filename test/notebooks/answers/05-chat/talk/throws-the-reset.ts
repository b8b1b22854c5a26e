// points: 2
// says: Connection reset by peer
async function talk(conn: socket.Socket, active: Set<socket.Socket>): Promise<void> {
  active.add(conn)
  try {
    for await (const data of conn.chunks(1024)) {
      if (data.toString().trim().toLowerCase() === "quit") break
      await conn.sendall(data)
    }
  } finally {
    active.delete(conn)
    conn.close()
  }
}
