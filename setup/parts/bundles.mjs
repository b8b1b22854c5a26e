/**
 * What is bundled from which entry, and how. Knows nothing of when, or of where the result is written.
 *
 * Native addons (koffi, zeromq) stay outside: they find their own binary beside their package.json.
 */
import { basename, join, relative, sep } from 'node:path'
import { pathToFileURL } from 'node:url'

const external = ['koffi', 'zeromq', 'zeromq/*']

const common = {
  bundle: true,
  write: false,
  metafile: true,
  platform: 'node',
  logLevel: 'silent',
  external,
  // A learner sees names of classes and functions: two `TimeoutError` must not become `TimeoutError2`.
  keepNames: true,
  charset: 'utf8',
}

/**
 * esbuild's options for every bundle.
 *
 * @param {string} root
 * @returns {Promise<import('esbuild').BuildOptions[]>}
 */
export async function bundleOptions(root) {
  const at = (...parts) => join(root, ...parts)
  const kernel = (entry, file) => ({
    ...common,
    entryPoints: [at('kernel', ...entry)],
    outfile: at('dist', 'kernel', file),
    format: 'cjs',
    target: 'node24',
    plugins: [oneLibrary(root), oneStart(root)],
  })
  const wanted = [
    {
      ...common,
      entryPoints: [at('src', 'index.ts')],
      outfile: at('dist', 'socketlab.cjs'),
      format: 'cjs',
      target: 'node22',
    },
    kernel(['bridge', 'main.ts'], 'main.cjs'),
    kernel(['executor', 'executor.ts'], 'executor.cjs'),
    withZeromq(root, kernel(['session', 'io.ts'], 'io.cjs')),
    {
      ...common,
      entryPoints: [at('src', 'cli', 'bin.ts')],
      outfile: at('dist', 'cli.mjs'),
      format: 'esm',
      target: 'node22',
      // Bundled CommonJS packages call require for Node's own modules, which an ES module does not have.
      banner: {
        js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url)",
      },
    },
  ]
  const compiler = at('kernel', 'compiler', 'bundle.mjs')
  const { compilerBuildOptions } = await import(pathToFileURL(compiler).href)
  return [...wanted, { ...(await compilerBuildOptions(root)), write: false, metafile: true, logLevel: 'silent' }]
}

/**
 * The kernel and `import … from "socketlab"` in a cell must mean the same instance: a second copy of `OSError` inside
 * the kernel's bundle would make `instanceof` lie. So the kernel's import of src/index.ts becomes a `require` of the
 * bundled library, and every other way into src/ is refused.
 */
function oneLibrary(root) {
  const library = join(root, 'src') + sep
  const front = join(library, 'index.ts')
  return {
    name: 'one-library',
    setup(build) {
      build.onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir, importer }) => {
        const target = join(resolveDir, path)
        if (!target.startsWith(library)) return undefined
        if (target === front) return { path: '../socketlab.cjs', external: true }
        const text = `${basename(importer)} reaches into ${relative(root, target)}: the kernel may import src/index.ts only`
        return { errors: [{ text }] }
      })
    },
  }
}

/** Each thread has loaded kernel/main.cjs: what that keeps is asked of it. */
function oneStart(root) {
  const start = join(root, 'kernel', 'bridge', 'main.ts')
  return {
    name: 'one-start',
    setup(build) {
      build.onResolve({ filter: /\/main\.ts$/ }, ({ path, resolveDir, kind }) =>
        kind !== 'entry-point' && join(resolveDir, path) === start ? { path: './main.cjs', external: true } : undefined,
      )
    },
  }
}

/** ZeroMQ's JavaScript in the bundle, and its addon loaded by kernel/wire/addon.ts. */
function withZeromq(root, options) {
  const addon = join(root, 'kernel', 'wire', 'addon.ts')
  const plugin = {
    name: 'zeromq inside',
    setup(build) {
      build.onResolve({ filter: /^\.\/load-addon$/ }, () => ({ path: addon }))
    },
  }
  return {
    ...options,
    external: options.external.filter((name) => !name.startsWith('zeromq')).concat('zeromq/lib/load-addon.js'),
    plugins: [plugin, ...options.plugins],
  }
}

/**
 * The names that a module exports, found without running it.
 *
 * @param {typeof import('esbuild')} esbuild
 * @param {string} entry
 * @returns {Promise<string[]>}
 */
export async function exportedNames(esbuild, entry) {
  const { metafile } = await esbuild.build({ ...common, entryPoints: [entry], outfile: 'names.mjs', format: 'esm' })
  const [output] = Object.values(metafile.outputs)
  return output.exports.filter((name) => name !== 'default').sort()
}
