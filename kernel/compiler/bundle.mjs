/**
 * How the compiler process is bundled: tslab's converter with our stand-in where it asks for its own TypeScript.
 * Plain JavaScript, because set-up runs it before anything is built. Knows nothing of the other bundles.
 */
import { join } from 'node:path'

const PINNED = '@tslab/typescript-for-tslab'

/** `require('@tslab/typescript-for-tslab')` gives what kernel/compiler/typescript.ts exports as `standIn`. */
function standInPlugin(root) {
  return {
    name: 'stand-in for the TypeScript that tslab pins',
    setup(build) {
      build.onResolve({ filter: /^@tslab\/typescript-for-tslab$/ }, () => ({ path: PINNED, namespace: 'stand-in' }))
      build.onLoad({ filter: /.*/, namespace: 'stand-in' }, () => ({
        contents: 'module.exports = require("./typescript.ts").standIn',
        resolveDir: join(root, 'kernel/compiler'),
      }))
    },
  }
}

/**
 * esbuild makes a getter for every name of a CommonJS module in every file that imports it: with 2,500 names and 27
 * files a third of the snapshot. One module in between has them once.
 */
const oneTypeScript = {
  name: 'TypeScript once',
  setup(build) {
    build.onResolve({ filter: /^typescript$/ }, ({ kind, pluginData }) =>
      kind === 'import-statement' && !pluginData?.itself
        ? { path: 'typescript', namespace: 'one-typescript' }
        : undefined,
    )
    build.onLoad({ filter: /.*/, namespace: 'one-typescript' }, () => ({
      contents: 'const ts = require("typescript")\nexport default ts',
      resolveDir: import.meta.dirname,
    }))
  },
}

/** esbuild's options for dist/kernel/compiler.cjs. `root` is the checkout's folder. */
export function compilerBuildOptions(root) {
  return {
    absWorkingDir: root,
    entryPoints: [join(root, 'kernel/compiler/main.ts')],
    outfile: join(root, 'dist/kernel/compiler.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node24',
    minifyWhitespace: true,
    minifySyntax: true,
    // Its text lies in the snapshot twice, and in memory.
    minifyIdentifiers: true,
    legalComments: 'none',
    logLevel: 'error',
    // What a start-up snapshot cannot hold; TypeScript tries for these and does without.
    banner: {
      js: '{ const load = require; require = Object.assign((name) => { if (/^(?:node:)?(?:crypto|inspector)$|source-map-support/.test(name)) throw new Error(name); return load(name) }, load) }',
    },
    plugins: [standInPlugin(root), oneTypeScript],
  }
}
