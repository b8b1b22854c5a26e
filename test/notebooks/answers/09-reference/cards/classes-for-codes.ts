// points: 0
// says: ConnectionRefusedError is the class of an error; its code is wanted
function cards(): Record<number, string> {
  return {
    1: "bind OSError",
    2: "connect ConnectionRefusedError",
    3: "accept OSError",
    4: "recv OSError",
    5: "bind OSError",
    6: "sendall BrokenPipeError",
    7: "gethostbyname gaierror",
    8: "recv TimeoutError",
    9: "getsockname OSError",
    10: "fromfd OSError",
  }
}
