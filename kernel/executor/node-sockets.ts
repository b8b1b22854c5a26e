/**
 * Errors of Node's own servers and connections, which name no line: a port that is taken (in a notebook mostly by what an
 * earlier run of the same cell has left, while the name that it had means the new one), and a server that is not there.
 * Ours say it themselves (src/socket/explain.ts).
 */

/** What to say of it, below the error's first line. */
export function nodeSockets(error: Error): string | undefined {
  const { code, syscall, port, message } = error as NodeJS.ErrnoException & { port?: unknown }
  const [, refused] = /^connect ECONNREFUSED (\S{1,80})$/.exec(message) ?? []
  if (refused !== undefined) return `→ Nothing listens on ${refused}: has the server's cell run?`
  if (code !== 'EADDRINUSE' || typeof port !== 'number' || !(syscall === 'listen' || syscall === 'bind'))
    return undefined
  return (
    '→ If an earlier run of this cell has that server: it goes on, and its name means the new one now. ' +
    'Restart the kernel. With `await using server = …` it is closed before its cell runs again; port 0 takes any that is free.'
  )
}
