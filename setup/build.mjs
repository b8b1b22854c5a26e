#!/usr/bin/env node
/**
 * Builds dist/ from src/ and kernel/: bundles by esbuild, declarations by tsc. Does nothing, quickly, when nothing
 * changed. Two builds at once wait for each other, and a killed one leaves whole files and is repeated by the next.
 */
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bundleOptions, exportedNames } from './parts/bundles.mjs'
import { declarations } from './parts/declarations.mjs'
import { filesIn, fingerprint, readJson, writeIfChanged, writeWhole } from './parts/files.mjs'
import { licences } from './parts/licences.mjs'
import { withLock } from './parts/lock.mjs'
import { kernelNode } from './parts/node.mjs'
import { root as ownRoot } from './parts/root.mjs'
import { runQuietly } from './parts/run.mjs'

/**
 * @param {{ root?: string, log?: (line: string) => void }} [options]
 * @returns {Promise<boolean>} whether anything had to be built
 */
export async function build({ root = ownRoot, log = console.log } = {}) {
  if (isBuilt(root)) return false
  const onWait = (owner) => log(`build: another build is running (process ${owner}): waiting for it`)
  return withLock(join(root, 'dist', '.building'), () => buildNow(root, log), { onWait })
}

/** Is dist/ made from the sources as they are now? A package from a registry brings dist/ and no sources. */
export const isBuilt = (root = ownRoot) => isInstalled(root) || upToDate(root, sourcesOf(root))

const isInstalled = (root) => !existsSync(join(root, 'src')) && existsSync(join(root, 'dist'))

/** Declarations of an ES module, and for who writes `require`. */
const TYPES = ['types', 'types-cjs']

/** Scratch files of a build that was killed. */
const leftBehind = /\.new-\d+$|[\\/]\.types-\d+[\\/]/

const stateOf = (root) => join(root, 'dist', '.build.json')

/** What each half of dist/ is made from. */
function sourcesOf(root) {
  const at = (...parts) => join(root, ...parts)
  const src = filesIn(at('src'))
  const kernel = filesIn(at('kernel'))
  const tools = [...filesIn(at('setup', 'parts')), at('setup', 'build.mjs'), at('node_modules', '.package-lock.json')]
  const display = kernel.filter((path) => path.startsWith(at('kernel', 'display')))
  const config = [at('tsconfig.json'), at('setup', 'tsconfig.types.json')]
  return {
    bundles: fingerprint(root, [...src, ...kernel, ...tools]),
    types: fingerprint(root, [...src, ...display, ...tools, ...config]),
  }
}

function upToDate(root, sources) {
  const state = readJson(stateOf(root))
  return (
    state?.bundles === sources.bundles &&
    state?.types === sources.types &&
    state.files.every((file) => existsSync(join(root, file)))
  )
}

async function buildNow(root, log) {
  const sources = sourcesOf(root)
  if (upToDate(root, sources)) return false // the build that we waited for did it
  if (!existsSync(join(root, 'node_modules', 'esbuild')))
    throw new Error('the tools to build with are missing: run `npm run setup` first')
  const before = readJson(stateOf(root)) ?? {}
  for (const file of filesIn(join(root, 'dist'))) if (leftBehind.test(file)) rmSync(file)
  const started = performance.now()
  const needsTypes = before.types !== sources.types || TYPES.some((name) => !existsSync(join(root, 'dist', name)))
  const [{ files: bundled, failures }, typed] = await Promise.all([
    bundle(root),
    needsTypes ? declarations(root, join(root, 'dist', `.types-${process.pid}`)) : undefined,
  ])
  // From here on dist/ is a mixture of old and new: without its state file, a killed build is repeated.
  rmSync(stateOf(root), { force: true })
  for (const [file, content] of bundled) writeIfChanged(join(root, file), content)
  if (typed) {
    const [modules, commonJs] = TYPES
    replaceTypes(root, modules, typed.files)
    replaceTypes(root, commonJs, asCommonJs(typed.files))
    tellMistakes(typed.mistakes, log)
  }
  // For the name of the snapshot, which has read them.
  writeIfChanged(join(root, 'dist', 'kernel', 'types.id'), `${sources.types}\n`)
  // What could be built is there: a mistake in one room does not keep the others from running.
  if (failures.length > 0) throw new Error(failures.join('\n'))
  const files = [...bundled.keys()]
  writeWhole(stateOf(root), `${JSON.stringify({ ...sources, files }, null, 1)}\n`)
  log(`build: ${files.length} files${typed ? ' and the declarations' : ''} in ${seconds(started)} s`)
  await makeSnapshot(root, log)
  await makeCode(root, log)
  return true
}

/** The compiler starts in a fifth of the time from a snapshot. It does without: a failure is told and no more. */
async function makeSnapshot(root, log) {
  const node = kernelNode()
  if (!node) return
  const started = performance.now()
  const module = pathToFileURL(join(root, 'kernel', 'bridge', 'snapshot.mjs')).href
  const bundle = join(root, 'dist', 'kernel', 'compiler.cjs')
  const program = `import(${JSON.stringify(module)}).then(({ buildSnapshot }) => buildSnapshot(${JSON.stringify(bundle)}))`
  const { code, lines } = await runQuietly(node, ['-e', program])
  if (code === 0) log(`build: the compiler's snapshot in ${seconds(started)} s`)
  else log(`build: without the compiler's snapshot: ${lines.at(-1) ?? `exit code ${code}`}`)
}

/** One of each kind of thing that a first notebook does: the functions behind it are in the code that is kept. */
const FIRST_CELLS = [
  'const numbers = [1, 2, 3]',
  'console.log(numbers.length, Buffer.from("hello"))\nnumbers',
  `const listener = socket.socket()
listener.bind(['127.0.0.1', 0])
listener.listen()
const client = await socket.createConnection(listener.getsockname())
const [connection] = await listener.accept()
await client.sendall(Buffer.from('hello'))
const received = await connection.recv(1024)
for (const open of [listener, client, connection]) open.close()
received`,
  `await check('first', 2, (t) => {
  t.case('one', () => t.equal(1 + 1, 2))
  t.case('two', () => t.equal('a', 'b'))
})`,
]

/** The kernel keeps the code of its bundles when it ends (kernel/bridge/code-cache.ts), which halves their loading. */
async function makeCode(root, log) {
  const node = kernelNode()
  if (!node) return
  for (const folder of ['dist', 'dist/kernel'].map((name) => join(root, name)))
    for (const name of readdirSync(folder))
      if (/\.code(\.\d+)?$/.test(name)) rmSync(join(folder, name), { force: true })
  const folder = mkdtempSync(join(tmpdir(), 'socketlab-build-'))
  try {
    const cells = FIRST_CELLS.map((source) => ({
      ...{ cell_type: 'code', metadata: {}, source, outputs: [], execution_count: null },
    }))
    const metadata = { kernelspec: { name: 'socketlab', display_name: 'socketlab', language: 'typescript' } }
    const notebook = join(folder, 'first.ipynb')
    writeFileSync(notebook, JSON.stringify({ nbformat: 4, nbformat_minor: 4, metadata, cells }))
    const { code, lines } = await runQuietly(node, [join(root, 'dist', 'cli.mjs'), 'run', notebook])
    if (code !== 0) log(`build: without the bundles' code: ${lines.at(-1) ?? `exit code ${code}`}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @returns {Promise<{ files: Map<string, string | Uint8Array>, failures: string[] }>} content by path relative to the root */
async function bundle(root) {
  const esbuild = await import(pathToFileURL(join(root, 'node_modules', 'esbuild', 'lib', 'main.js')).href)
  const files = new Map()
  const failures = []
  const attempt = async (work) => {
    try {
      for (const [file, content] of await work()) files.set(file, content)
    } catch (error) {
      if (!error.errors) throw error
      const text = (await esbuild.formatMessages(error.errors, { kind: 'error' })).join('')
      if (!failures.includes(text)) failures.push(text)
    }
  }
  const inputs = new Set()
  const one = async (option) => {
    // Whose paths are looked up in node_modules: they count from the root, wherever the build was started.
    const { metafile, outputFiles } = await esbuild.build({ ...option, absWorkingDir: root })
    for (const input of Object.keys(metafile.inputs)) inputs.add(input)
    return outputFiles.map((file) => [relative(root, file.path), file.contents])
  }
  await Promise.all((await bundleOptions(root)).map((option) => attempt(() => one(option))))
  files.set('dist/THIRD-PARTY-LICENCES.txt', licences(root, inputs))
  await attempt(() => doors(esbuild, root))
  return { files, failures }
}

/** The other doors to the one instance in socketlab.cjs: for `import`, and for `socketlab/lab`. */
async function doors(esbuild, root) {
  const note = '// Made by setup/build.mjs: one instance, whichever way it is loaded.\n'
  const names = await exportedNames(esbuild, join(root, 'src', 'index.ts'))
  const found = [['dist/socketlab.mjs', `${note}export {\n  ${names.join(',\n  ')},\n} from './socketlab.cjs'\n`]]
  const lab = join(root, 'src', 'lab', 'index.ts')
  const labNames = await exportedNames(esbuild, lab)
  found.push(['dist/lab.cjs', `${note}module.exports = require('./socketlab.cjs').lab\n`])
  found.push([
    'dist/lab.mjs',
    `${note}import { lab } from './socketlab.cjs'\nexport const { ${labNames.join(', ')} } = lab\n`,
  ])
  return found
}

/**
 * TypeScript takes declarations for those of an ES module or of CommonJS by the nearest package.json: who writes
 * `require` gets the library's own once more, beside one that says CommonJS.
 */
function asCommonJs(files) {
  const library = [...files].filter(([file]) => file.startsWith('src'))
  return new Map([...library, ['package.json', '{ "type": "commonjs" }\n']])
}

function replaceTypes(root, name, files) {
  const folder = join(root, 'dist', name)
  const kept = new Set([...files.keys()].map((file) => join(folder, file)))
  for (const [file, text] of files) writeIfChanged(join(folder, file), text)
  for (const old of filesIn(folder)) if (!kept.has(old)) rmSync(old)
}

function tellMistakes(mistakes, log) {
  if (mistakes.length > 0)
    log(`build: ${mistakes.length} mistakes in types, first: ${mistakes[0]} (npm run check lists them)`)
}

const seconds = (since) => ((performance.now() - since) / 1000).toFixed(1)

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    const built = await build()
    if (!built) console.log('build: nothing changed')
  } catch (error) {
    console.error(`build failed:\n${error.message}`)
    process.exitCode = 1
  }
}
