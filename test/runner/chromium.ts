/**
 * The browser that browser tests drive. It is the system's own: no tool here downloads one.
 *
 * @example
 * const chromium = findChromium()
 * test.skipIf(!chromium)('…')     // or, with the reason in the report: if (!chromium) context.skip(noChromium)
 */
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const macOS = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

export const noChromium =
  'no Chromium on the PATH: install it (Debian: apt install chromium), or set CHROMIUM to one, to run the browser tests'

/** Its absolute path, or undefined where there is none. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (env.CHROMIUM) return env.CHROMIUM
  const onPath = (env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)))
  return [...onPath, ...macOS].find(isProgram)
}

/** What Chromium needs where it may ask nothing of the internet, and as root in a container. */
export const chromiumArguments: readonly string[] = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
