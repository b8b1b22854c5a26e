/** `socketlab install` as a process, and the kernel that Jupyter then starts. */
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { userDataFolder } from '../../src/cli/kernelspec/locations.ts'
import { root } from '../runner/paths.ts'
import { runCell } from './drive-kernel.ts'
import { copyPackage, plainEnv, run, scratchFolder } from './run.ts'

const scratch = scratchFolder()
afterAll(() => scratch[Symbol.dispose]())

const command = join(root, 'setup', 'socketlab.mjs')
const socketlab = (args: string[], env = plainEnv(), cwd = scratch.folder) =>
  run(process.execPath, [command, ...args], { env, cwd })

const newPrefix = () => mkdtempSync(join(scratch.folder, 'prefix '))
const dataOf = (prefix: string) => join(prefix, 'share', 'jupyter')
const specOf = (data: string, name = 'socketlab') =>
  JSON.parse(readFileSync(join(data, 'kernels', name, 'kernel.json'), 'utf8')) as Record<string, unknown> & {
    argv: string[]
  }

test('--help names every command, and each command explains its options', async () => {
  const { code, output } = await socketlab(['--help'])
  expect(code).toBe(0)
  expect(output).toMatch(/^ {2}install /m)
  const install = await socketlab(['install', '--help'])
  expect(install.code).toBe(0)
  for (const option of ['--user', '--prefix', '--sys-prefix', '--name', '--display-name'])
    expect(install.output).toContain(option)
})

test('npx finds the command in a checkout, without asking a registry', async () => {
  const env = plainEnv({ npm_config_offline: 'true', npm_config_yes: 'false' })
  const { code, output } = await run('npx', ['socketlab', '--version'], { cwd: root, env })
  expect(output).toMatch(/^\d+\.\d+\.\d+$/m)
  expect(code).toBe(0)
})

test('install writes a kernelspec with absolute paths, the flags a kernel needs, and logos', async () => {
  const prefix = newPrefix()
  const { code, output } = await socketlab(['install', '--prefix', prefix])
  expect(output).toContain(join(dataOf(prefix), 'kernels', 'socketlab'))
  expect(code).toBe(0)
  const { argv, ...spec } = specOf(dataOf(prefix))
  expect(spec).toMatchObject({
    display_name: 'TypeScript (socketlab)',
    language: 'typescript',
    interrupt_mode: 'message',
  })
  expect(argv).toContain('--no-force-async-hooks-checks')
  expect(argv.some((part) => /^--max-old-space-size=\d+$/.test(part))).toBe(true)
  expect([argv[0], argv.at(-2)].map((path) => isAbsolute(path ?? ''))).toEqual([true, true])
  expect(argv.at(-1)).toBe('{connection_file}')
  const files = readdirSync(join(dataOf(prefix), 'kernels', 'socketlab')).sort()
  expect(files).toEqual(['kernel.json', 'logo-32x32.png', 'logo-64x64.png', 'logo-svg.svg'])
})

test('a relative --prefix is taken from the current folder, and the spec still has absolute paths', async () => {
  const prefix = newPrefix()
  expect(await socketlab(['install', '--prefix', '.'], plainEnv(), prefix)).toMatchObject({ code: 0 })
  expect(isAbsolute(specOf(dataOf(prefix)).argv[0] ?? '')).toBe(true)
})

test('an installed kernel starts from any folder with an empty PATH', { timeout: 90_000 }, async () => {
  const prefix = newPrefix()
  expect(await socketlab(['install', '--prefix', prefix, '--name', 'Ts-Net', '--display-name', 'Nets'])).toMatchObject({
    code: 0,
  })
  expect(specOf(dataOf(prefix), 'ts-net')).toMatchObject({ display_name: 'Nets' })
  const outcome = await runCell('ts-net', 'console.log(process.cwd()); 40 + 2', dataOf(prefix), scratch.folder)
  expect(outcome).toEqual({ status: 'ok', stdout: `${scratch.folder}\n`, results: ['42'] })
})

test('--user follows JUPYTER_DATA_DIR, then XDG_DATA_HOME, then the home folder', async () => {
  const home = newPrefix()
  const base = { HOME: home, JUPYTER_DATA_DIR: '', XDG_DATA_HOME: '' }
  const cases: [NodeJS.ProcessEnv, string][] = [
    [{ JUPYTER_DATA_DIR: join(home, 'data') }, join(home, 'data')],
    [{ XDG_DATA_HOME: join(home, 'xdg') }, join(home, 'xdg', 'jupyter')],
    [{}, userDataFolder({ HOME: home })],
  ]
  for (const [env, folder] of cases) {
    expect(await socketlab(['install', '--user'], plainEnv({ ...base, ...env }))).toMatchObject({ code: 0 })
    expect(specOf(folder).language).toBe('typescript')
  }
})

test('each system’s own data folder is Jupyter’s', () => {
  expect(userDataFolder({ HOME: '/h' }, 'linux')).toBe('/h/.local/share/jupyter')
  expect(userDataFolder({ HOME: '/h' }, 'darwin')).toBe('/h/Library/Jupyter')
  expect(userDataFolder({ HOME: '/h', JUPYTER_PLATFORM_DIRS: '1' }, 'darwin')).toBe(
    '/h/Library/Application Support/Jupyter',
  )
})

test('--sys-prefix is the active environment', async () => {
  const prefix = newPrefix()
  expect(await socketlab(['install', '--sys-prefix'], plainEnv({ VIRTUAL_ENV: prefix }))).toMatchObject({ code: 0 })
  expect(specOf(dataOf(prefix)).language).toBe('typescript')
})

test('--sys-prefix without any Python says so', async () => {
  const { code, output } = await socketlab(
    ['install', '--sys-prefix'],
    plainEnv({ PATH: scratch.folder, CONDA_PREFIX: '' }),
  )
  expect(code).toBe(1)
  expect(output).toContain('no Python on the PATH')
})

test('what is asked for wrongly ends with 2 and says what is right', async () => {
  const cases: [string[], RegExp][] = [
    [['install', '--name', 'two words'], /letters, digits/],
    [['install', '--name', '..'], /letters, digits/],
    [['install', '--display-name', ''], /one line/],
    [['install', '--user', '--sys-prefix'], /cannot be used with/],
    [['instal'], /unknown command.*\n?.*install/i],
    [['install', '--prefix', ''], /needs a folder/],
  ]
  for (const [args, message] of cases) {
    const { code, output } = await socketlab(args)
    expect(output).toMatch(message)
    expect(code).toBe(2)
  }
})

test('another kernel of the same name is left alone; our own is written again', async () => {
  const prefix = newPrefix()
  const other = join(dataOf(prefix), 'kernels', 'python3')
  mkdirSync(other, { recursive: true })
  writeFileSync(join(other, 'kernel.json'), '{"argv": ["python"], "language": "python"}')
  const refused = await socketlab(['install', '--prefix', prefix, '--name', 'python3'])
  expect(refused).toMatchObject({ code: 1 })
  expect(refused.output).toContain("another kernel is called 'python3'")
  for (const _time of [1, 2]) expect(await socketlab(['install', '--prefix', prefix])).toMatchObject({ code: 0 })
})

test('a prefix that cannot be written to is named', async () => {
  const file = join(newPrefix(), 'file')
  writeFileSync(file, '')
  const blocked = await socketlab(['install', '--prefix', file])
  expect(blocked.code).toBe(1)
  expect(blocked.output).toContain('a part of it is a file')
})

test('a prefix where the system has no folders, as below /proc, is named', async (context) => {
  if (!existsSync('/proc/self')) return context.skip('there is no /proc')
  const { code, output } = await run(process.execPath, [command, 'install', '--prefix', '/proc/none'], {
    env: plainEnv(),
    timeoutMs: 20_000,
  })
  expect(output).toContain('/proc/none/share/jupyter/kernels/socketlab cannot be made')
  expect(code).toBe(1)
})

test('a prefix of somebody else: no permission, and what to use instead', async (context) => {
  if (process.getuid?.() === 0) return context.skip('root may write anywhere')
  const prefix = newPrefix()
  chmodSync(prefix, 0o555)
  const { code, output } = await socketlab(['install', '--prefix', prefix])
  expect(code).toBe(1)
  expect(output).toContain('no permission to write')
})

test('SOCKETLAB_NODE that is no program is named', async () => {
  const { code, output } = await socketlab(['--version'], plainEnv({ SOCKETLAB_NODE: '/nowhere/node' }))
  expect(code).toBe(1)
  expect(output).toContain('/nowhere/node cannot be started')
})

test('an older Node with no newer one about explains itself, and install says what is missing', async (context) => {
  const older = ['/usr/bin/node', '/usr/local/bin/node'].find((path) => isOlder(path))
  if (!older) return context.skip('no Node below 24 in /usr/bin or /usr/local/bin')
  const copy = copyPackage(newPrefix())
  const env = plainEnv({ PATH: '/nowhere' })
  const installed = join(copy, 'setup', 'socketlab.mjs')
  const help = await run(older, [installed, '--help'], { env })
  expect(help.output).toContain('install')
  expect(help.code).toBe(0)
  const install = await run(older, [installed, 'install', '--prefix', newPrefix()], { env })
  expect(install.code).toBe(1)
  expect(install.output).toMatch(/kernels need Node 24 or newer; this is Node 2\d\./)
})

function isOlder(path: string): boolean {
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' })
  return status === 0 && Number(/^v(\d+)/.exec(stdout)?.[1]) < 24
}
