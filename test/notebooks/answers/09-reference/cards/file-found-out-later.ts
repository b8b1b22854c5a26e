// points: 9
// says: recv is never reached. What ran, without an error: fileno.
function cards(): Record<number, string> {
  return {
    1: "bind EADDRINUSE",
    2: "connect ECONNREFUSED",
    3: "accept EINVAL",
    4: "recv ENOTCONN",
    5: "bind EADDRNOTAVAIL",
    6: "sendall EPIPE",
    7: "gethostbyname EAI_NONAME",
    8: "recv ETIMEDOUT",
    9: "getsockname EBADF",
    10: "recv ENOTSOCK",
  }
}
