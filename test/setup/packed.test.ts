/** The packed tarball in an empty project: library, types and kernel, as somebody gets them who only installs it. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from '../runner/paths.ts'
import { runCell } from './drive-kernel.ts'
import { plainEnv, run, scratchFolder } from './run.ts'

const scratch = scratchFolder()
afterAll(() => scratch[Symbol.dispose]())

const project = join(scratch.folder, 'empty project')
const npm = (args: string[], cwd = project) => run('npm', args, { cwd, env: plainEnv(), timeoutMs: 240_000 })
const node = (...args: string[]) => run(process.execPath, args, { cwd: project, env: plainEnv() })

beforeAll(async () => {
  mkdirSync(project)
  const packed = await npm(['pack', '--pack-destination', scratch.folder], root)
  expect(packed.code, packed.output).toBe(0)
  const tarball = readdirSync(scratch.folder).find((name) => name.endsWith('.tgz'))
  writeFileSync(join(project, 'package.json'), '{ "name": "empty", "private": true, "type": "module" }')
  const installed = await npm([
    'install',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    join(scratch.folder, tarball ?? ''),
  ])
  expect(installed.code, installed.output).toBe(0)
}, 300_000)

test('require and import give one instance', async () => {
  writeFileSync(
    join(project, 'one.mjs'),
    `import * as imported from 'socketlab'
     import * as lab from 'socketlab/lab'
     import { createRequire } from 'node:module'
     const required = createRequire(import.meta.url)('socketlab')
     const names = Object.keys(required).filter((name) => required[name] !== imported[name])
     console.log(JSON.stringify({ names, error: new imported.OSError(2, 'x') instanceof required.OSError, lab: lab.internet === required.lab.internet }))`,
  )
  const { output } = await node('one.mjs')
  expect(JSON.parse(output)).toEqual({ names: [], error: true, lab: true })
})

// TypeScript's defaults: since 6 it loads no `@types` that nobody names, and without Node's a Buffer would be `any`.
test('a strict TypeScript program compiles against its declarations, and need not name the types of Node', async () => {
  writeFileSync(
    join(project, 'typed.ts'),
    `import { socket, OSError, bytes, select, threading } from 'socketlab'
     const sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
     const data: Buffer = bytes\`hello\`
     const code: string | undefined = new OSError(2, 'No such file or directory').code
     // @ts-expect-error: a port is not an address
     const wrong = () => sock.connect(80)
     // @ts-expect-error: bytes are not text
     const text = async (): Promise<string> => sock.recv(10)
     // What may be left out may be undefined: options are handed on.
     const handOn = async (signal?: AbortSignal, timeout?: number, encoding?: string, name?: string) => {
       const made = new threading.Thread({ name, target: () => sock.makefile('r', { encoding }) })
       await made.join({ timeout, signal })
       await socket.getaddrinfo('localhost', 80, { family: timeout, signal })
       socket.createServer(['127.0.0.1', 0], { backlog: timeout })
       await select.select([sock], [], [], { timeout, signal })
     }
     console.log(sock.fileno() > 0, data.length, code, typeof wrong, typeof text, typeof handOn)
     sock.close()`,
  )
  const settings = [
    '--ignoreConfig',
    '--noEmit',
    '--strict',
    '--exactOptionalPropertyTypes',
    '--module',
    'nodenext',
    '--target',
    'esnext',
  ]
  const { code, output } = await node(
    join(root, 'node_modules', 'typescript', 'lib', 'tsc.js'),
    ...settings,
    'typed.ts',
  )
  expect(output).toBe('')
  expect(code).toBe(0)
  expect((await node('typed.ts')).output).toBe('true 5 ENOENT function function function\n')
})

// In `node16` TypeScript refuses to `require` an ES module, and goes by the declarations for what is one.
test('CommonJS and ES modules compile side by side, and run', async () => {
  const program = `const [one, other] = socket.socketpair()
    const sent: Promise<void> = one.sendall(struct.pack('!H', 513))
    void sent.then(async () => console.log(struct.unpack('!BB', await other.recv(2))))`
  writeFileSync(join(project, 'required.cts'), `import { socket, struct } from 'socketlab'\n${program}`)
  writeFileSync(join(project, 'imported.mts'), `import { socket, struct } from 'socketlab'\n${program}`)
  writeFileSync(
    join(project, 'assigned.cts'),
    `import library = require('socketlab')
     import lab = require('socketlab/lab')
     const made: library.socket.Socket = library.socket.socket()
     console.log(made.fileno() > 0, typeof lab.internet)
     made.close()`,
  )
  const settings = '--ignoreConfig --strict --module node16 --target es2022 --lib esnext --types node --outDir built'
  const compiler = join(root, 'node_modules', 'typescript', 'lib', 'tsc.js')
  const compiled = await node(compiler, ...settings.split(' '), 'required.cts', 'imported.mts', 'assigned.cts')
  expect(compiled.output).toBe('')
  expect((await node('built/required.cjs')).output).toBe('[ 2, 1 ]\n')
  expect((await node('built/imported.mjs')).output).toBe('[ 2, 1 ]\n')
  expect((await node('built/assigned.cjs')).output).toBe('true object\n')
})

// tslab asks for an older TypeScript, whose `tsc` would stand where the project's own belongs.
test('it brings one TypeScript, the licences of what its bundles contain, and no tslab beside them', async () => {
  const bin = await run(join(project, 'node_modules', '.bin', 'tsc'), ['--version'], { cwd: project, env: plainEnv() })
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules', 'typescript', 'package.json'), 'utf8'))
  expect(bin.output).toBe(`Version ${version}\n`)
  expect(readdirSync(join(project, 'node_modules'))).not.toContain('@tslab')
  const licences = readFileSync(join(project, 'node_modules', 'socketlab', 'dist', 'THIRD-PARTY-LICENCES.txt'), 'utf8')
  expect(licences).toMatch(/^tslab [\d.]+, Apache-2\.0$/m)
  expect(licences).toMatch(/^zod [\d.]+, MIT$/m)
})

test('its kernel starts and checks cells', { timeout: 90_000 }, async () => {
  const installed = await run(
    join(project, 'node_modules', '.bin', 'socketlab'),
    ['install', '--prefix', scratch.folder],
    {
      cwd: project,
      env: plainEnv({ SOCKETLAB_NODE: process.execPath }),
    },
  )
  expect(installed.output).toContain('Installed the kernel')
  const data = join(scratch.folder, 'share', 'jupyter')
  const code = 'using s = socket.socket(); const kind: string = socket.SocketKind[s.type]; kind'
  expect(await runCell('socketlab', code, data, scratch.folder)).toMatchObject({
    status: 'ok',
    results: ["'SOCK_STREAM'"],
  })
  expect(await runCell('socketlab', 'const n: number = "text"', data, scratch.folder)).toMatchObject({
    status: 'error',
  })
})
