/**
 * A server of Node's own whose port is taken. In a notebook it is mostly the one that an earlier run of the same cell has
 * left, and the name that it had means the new one. Ours say it themselves (src/socket/explain.ts).
 */

/** What to say of it, below the error's first line. */
export function portInUse(error: Error): string | undefined {
  const { code, syscall, port } = error as NodeJS.ErrnoException & { port?: unknown }
  if (code !== 'EADDRINUSE' || typeof port !== 'number' || !(syscall === 'listen' || syscall === 'bind'))
    return undefined
  return (
    '→ If an earlier run of this cell has that server: it goes on, and its name means the new one now. ' +
    'Restart the kernel. With `await using server = …` it is closed before its cell runs again; port 0 takes any that is free.'
  )
}
