// points: 0
// says: listen is called, and works. What ran, without an error: bind, listen. The next call fails
function cards(): Record<number, string> {
  return {
    1: "listen EADDRINUSE",
    2: "recv ECONNREFUSED",
    3: "close EINVAL",
    4: "listen ENOTCONN",
    5: "listen EADDRNOTAVAIL",
    6: "recv EPIPE",
    7: "connect EAI_NONAME",
    8: "getpeername ETIMEDOUT",
    9: "fileno EBADF",
    10: "recv ENOTSOCK",
  }
}
