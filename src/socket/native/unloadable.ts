/** Why koffi, through which everything here reaches the system, cannot be loaded, and what to do about it. */

/** The error to throw instead of Node's or koffi's own, which name no way out and know nothing of socketlab. */
export function unloadable(error: unknown): Error {
  const { code, message } = error as NodeJS.ErrnoException
  return new Error(
    `socketlab calls the system through koffi, which cannot be loaded: ${message.split('\n')[0]}\n${advice(code)}`,
    {
      cause: error,
    },
  )
}

function advice(code: string | undefined): string {
  if (code === 'ERR_DLOPEN_DISABLED') return 'node --permission lets no native code in: add --allow-addons'
  // A module that a bundler has made an ES module has no address of its own: there `createRequire` refuses undefined.
  if (code === 'MODULE_NOT_FOUND' || code === 'ERR_INVALID_ARG_VALUE') {
    return 'it is native code, which no bundle holds: leave socketlab out of the bundle (esbuild --packages=external), and install it beside it'
  }
  return "its native part is an optional package of npm's: install without --omit=optional, on the system that runs the program"
}
