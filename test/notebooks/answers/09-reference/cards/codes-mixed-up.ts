// points: 0
// says: recv fails, right; but not with EAGAIN. The system says: timed out
function cards(): Record<number, string> {
  return {
    1: "bind EADDRNOTAVAIL",
    2: "connect ETIMEDOUT",
    3: "accept ENOTCONN",
    4: "recv EINVAL",
    5: "bind EADDRINUSE",
    6: "sendall ECONNRESET",
    7: "gethostbyname EAI_SERVICE",
    8: "recv EAGAIN",
    9: "getsockname ENOTCONN",
    10: "fromfd EBADF",
  }
}
