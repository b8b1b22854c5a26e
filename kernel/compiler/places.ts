/**
 * Where TypeScript's libraries, Node's types and our own declarations lie, looked up beside this bundle at run time:
 * in a checkout and as an installed dependency alike. Knows nothing of programs.
 */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const besideBundle = createRequire(__filename)

const slashes = (path: string) => path.replaceAll('\\', '/')

/** The folder of `lib.esnext.d.ts`. */
export const libraryFolder = slashes(dirname(besideBundle.resolve('typescript/lib/lib.d.ts')))

/** The `@types` folder that holds our own `@types/node`: it comes before any that lies near the notebook. */
export const ownTypeRoot = slashes(dirname(dirname(besideBundle.resolve('@types/node/package.json'))))

/** Declarations of src/, made by tsc: `index.d.ts` is what `import … from "socketlab"` sees. */
export const socketlabTypes = slashes(process.env.SOCKETLAB_TYPES || join(dirname(__filename), '../types/src'))
