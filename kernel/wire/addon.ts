/**
 * ZeroMQ's native part, loaded at once: the package's own loader reads a manifest of every platform and tries binaries
 * in turn, which takes 7 of a start's 60 ms. It is still asked where ours finds nothing.
 * Stands in for zeromq/lib/load-addon.js in the io thread's bundle (setup/parts/bundles.mjs).
 */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Node-API binaries fit every newer Node; this one also asks the least of glibc. */
const BUILD = 'glibc-127-Release'

function load(): unknown {
  const inPackage = join('build', process.platform, process.arch, 'node', BUILD, 'addon.node')
  // Where it lies beside a checkout's dist/ and beside an installed package: asking Node takes 3 ms.
  const beside = ['../../node_modules/zeromq', '../../../zeromq'].map((folder) => join(__dirname, folder, inPackage))
  try {
    const file = beside.find(existsSync) ?? join(dirname(require.resolve('zeromq/package.json')), inPackage)
    if (existsSync(file)) {
      const module = { exports: {} }
      process.dlopen(module, file)
      return module.exports
    }
  } catch {
    // Another libc: the package knows which binary fits.
  }
  return (require('zeromq/lib/load-addon.js') as { default: unknown }).default
}

export default load()
