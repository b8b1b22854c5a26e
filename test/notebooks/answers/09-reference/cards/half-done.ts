// points: 5
// says: no answer yet: write the call and the code, as "connect EISCONN"
function cards(): Record<number, string> {
  return {
    1: "bind EADDRINUSE",
    2: "connect ECONNREFUSED",
    3: "accept EINVAL",
    4: "recv ENOTCONN",
    5: "bind EADDRNOTAVAIL",
    6: "call CODE",
    7: "call CODE",
    8: "call CODE",
    9: "call CODE",
    10: "call CODE",
  }
}
