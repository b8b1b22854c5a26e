/** `socketlab doctor` on this machine, and on machines that are broken in one way each. */
import { spawn } from 'node:child_process'
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { kernelspecCheck } from '../../../src/cli/doctor/kernelspecs.ts'
import { isKnownHere } from '../../../src/cli/doctor/lookups.ts'
import { servicesIn } from '../../../src/cli/doctor/services.ts'
import { zeromqCheck } from '../../../src/cli/doctor/zeromq.ts'
import { root } from '../../runner/paths.ts'
import { plainEnv, run } from '../../setup/run.ts'
import { scratch } from './command-line.ts'

const { folder, socketlab, remove } = scratch()
afterAll(remove)

interface Report {
  ok: boolean
  checks: { id: string; verdict: string; text: string; advice?: string[] }[]
}

/** An installed package: no environment of its own, and addons of which some may be somebody else's. */
function installed(addons: Record<string, string> = {}): string {
  const target = mkdtempSync(join(folder, 'package '))
  for (const part of ['package.json', 'setup', join('kernel', 'spec')])
    cpSync(join(root, part), join(target, part), { recursive: true })
  mkdirSync(join(target, 'dist', 'kernel'), { recursive: true })
  for (const place of ['dist', join('dist', 'kernel')])
    for (const entry of readdirSync(join(root, place), { withFileTypes: true }))
      if (entry.isFile()) copyFileSync(join(root, place, entry.name), join(target, place, entry.name))
  symlinkSync(join(root, 'dist', 'types'), join(target, 'dist', 'types'))
  mkdirSync(join(target, 'node_modules'))
  for (const name of readdirSync(join(root, 'node_modules')))
    if (!(name in addons)) symlinkSync(join(root, 'node_modules', name), join(target, 'node_modules', name))
  for (const [name, program] of Object.entries(addons)) {
    mkdirSync(join(target, 'node_modules', name))
    writeFileSync(join(target, 'node_modules', name, 'index.js'), program)
  }
  return target
}

/** Where Jupyter has nothing, and there is no other program on the PATH. */
const nothing = () => plainEnv({ PATH: folder, JUPYTER_DATA_DIR: mkdtempSync(join(folder, 'data ')), CONDA_PREFIX: '' })

async function doctorOf(target: string, env = nothing()) {
  const outcome = await run(process.execPath, [join(target, 'setup', 'socketlab.mjs'), 'doctor', '--json'], { env })
  const report = JSON.parse(outcome.output.slice(0, outcome.output.lastIndexOf('}') + 1)) as Report
  const of = (id: string) => report.checks.find((check) => check.id === id)
  return { ...outcome, report, of }
}

test('here, where tests run, nothing is wrong; a line each, within 10 s, and nothing is left behind', async () => {
  const temp = mkdtempSync(join(folder, 't'))
  const started = performance.now()
  const { code, stdout, stderr } = await socketlab(['doctor'], { TMPDIR: temp })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(performance.now() - started).toBeLessThan(10_000)
  for (const title of ['Node', 'ZeroMQ', 'koffi', 'temp folder', 'kernel', 'IPv4', 'localhost'])
    expect(stdout).toMatch(new RegExp(`^✓ ${title} +\\S`, 'm'))
  for (const title of ['Python', 'JupyterLab', 'kernelspec', 'IPv6', 'host name', 'services', 'sandbox', 'data folder'])
    expect(stdout).toMatch(new RegExp(`^[✓!] ${title} +\\S`, 'm'))
  expect(stdout).toContain(`✓ Node         ${process.versions.node} (${process.execPath})`)
  expect(stdout).toMatch(/✓ kernel +starts and answers 1 \+ 1 after \d+\.\d s\n/)
  expect(stdout).toContain('\nAll that the kernel needs is there')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: neither colours nor progress where nobody looks
  expect(stdout).not.toMatch(/[\u001b\r]/)
  expect(readdirSync(temp).filter((name) => !name.startsWith('socketlab-compiler'))).toEqual([])
})

test('without Python, Jupyter, bubblewrap and kernelspec: things to know, each with advice, and exit code 0', async () => {
  const { code, report, of } = await doctorOf(installed())
  expect(report.ok).toBe(true)
  expect(code).toBe(0)
  for (const [id, advice] of [
    ['python', /apt install python3/],
    ['jupyterlab', /pip install jupyterlab/],
    ['sandbox', /apt install bubblewrap/],
  ] as const) {
    expect(of(id)?.verdict).toBe('warning')
    expect(of(id)?.advice?.join('\n')).toMatch(advice)
  }
  expect(of('kernel')?.verdict).toBe('good')
})

test('a compiler that does not start is named, also where 1 + 1 was compiled before', async () => {
  const target = installed()
  const env = nothing()
  env.XDG_CACHE_HOME = mkdtempSync(join(folder, 'cache '))
  expect((await doctorOf(target, env)).of('kernel')?.verdict).toBe('good')
  rmSync(join(target, 'node_modules', 'typescript'))
  const { code, of } = await doctorOf(target, env)
  expect(of('kernel')).toMatchObject({ verdict: 'wrong', text: expect.stringContaining('compiler') })
  expect(code).toBe(1)
})

test('koffi that does not load is named, with its own words', async () => {
  const { code, report, of } = await doctorOf(installed({ koffi: 'throw new Error("wrong ELF class")' }))
  expect(of('koffi')).toMatchObject({ verdict: 'wrong', text: expect.stringContaining('wrong ELF class') })
  expect(of('koffi')?.advice?.[0]).toContain('npm install socketlab')
  expect(report.ok).toBe(false)
  expect(code).toBe(1)
})

test.each([
  [
    'that does not load',
    'throw new Error("no binary for this system")',
    /does not load: Error: no binary for this system/,
  ],
  ['that ends the process', 'process.kill(process.pid, "SIGSEGV")', /SIGSEGV/],
])('ZeroMQ %s is a finding', async (_what, program, words) => {
  const context = { packageRoot: installed({ zeromq: program }), node: process.execPath, env: process.env }
  const finding = await zeromqCheck.run({ ...context, signal: AbortSignal.timeout(20_000) })
  expect(finding).toMatchObject({ verdict: 'wrong', text: expect.stringMatching(words) })
})

test('a kernel that ends at once: its own words; one that never answers: given up, within 10 s, and ended', async () => {
  const target = installed()
  const main = join(target, 'dist', 'kernel', 'main.cjs')
  writeFileSync(main, 'throw new Error("half a kernel")')
  const ending = await doctorOf(target)
  expect(ending.of('kernel')).toMatchObject({ verdict: 'wrong', text: expect.stringMatching(/exit code 1/) })
  expect(ending.code).toBe(1)
  const pid = join(folder, 'pid')
  writeFileSync(
    main,
    `require("fs").writeFileSync(${JSON.stringify(pid)}, String(process.pid)); setInterval(() => {}, 1000)`,
  )
  const silent = await doctorOf(target)
  expect(silent.of('kernel')).toMatchObject({ verdict: 'wrong', text: 'not known after 8 s' })
  expect(silent.of('data')?.verdict).toBe('good')
  expect(silent.seconds).toBeLessThan(10)
  expect(existsSync(`/proc/${readFileSync(pid, 'utf8')}`)).toBe(false)
})

test('a temporary folder that is not there, or whose name is too long', async () => {
  const missing = await socketlab(['doctor'], { TMPDIR: join(folder, 'none') })
  expect(missing.code).toBe(1)
  expect(missing.stdout).toMatch(/✗ temp folder .* cannot be written to: ENOENT.*\n +→ name another: TMPDIR=/)
  expect(missing.stderr).toMatch(/^socketlab: \d things? (is|are) wrong/)
  const long = join(folder, 'x'.repeat(90))
  mkdirSync(long)
  const { code, stdout } = await socketlab(['doctor'], { TMPDIR: long })
  expect(code).toBe(1)
  expect(stdout).toMatch(/✗ temp folder .* too long a name/)
})

test('kernelspecs: none, a good one, one of another package, one whose Node or kernel is gone', async () => {
  const target = installed()
  const env = nothing()
  const data = env.JUPYTER_DATA_DIR as string
  const command = (...args: string[]) =>
    run(process.execPath, [join(target, 'setup', 'socketlab.mjs'), ...args], { env })
  const spec = join(data, 'kernels', 'nets', 'kernel.json')
  const about = { packageRoot: target, node: process.execPath, env }
  const found = () => kernelspecCheck.run({ ...about, signal: AbortSignal.timeout(20_000) })
  expect(await found()).toMatchObject({ verdict: 'warning', text: expect.stringContaining('none found') })
  await command('install', '--name', 'nets')
  expect(await found()).toMatchObject({
    verdict: 'good',
    text: expect.stringContaining(`nets in ${join(data, 'kernels', 'nets')}`),
  })
  const written = JSON.parse(readFileSync(spec, 'utf8')) as { argv: string[] }
  const cases: [(argv: string[]) => string[], string, RegExp][] = [
    [(argv) => ['/nowhere/node', ...argv.slice(1)], 'wrong', /its Node is gone \(\/nowhere\/node\)/],
    [(argv) => argv.with(-2, '/nowhere/dist/kernel/main.cjs'), 'wrong', /its kernel is gone/],
    [(argv) => argv.with(-2, join(root, 'dist', 'kernel', 'main.cjs')), 'warning', /belongs to another socketlab/],
    [(argv) => argv.filter((part) => part !== '--no-force-async-hooks-checks'), 'warning', /another version/],
  ]
  for (const [change, verdict, words] of cases) {
    writeFileSync(spec, JSON.stringify({ ...written, argv: change(written.argv) }))
    const finding = await found()
    expect(finding).toMatchObject({ verdict, text: expect.stringMatching(words) })
    expect(finding.advice?.join('\n')).toContain('npx socketlab install --user --name nets')
  }
  expect(await command('uninstall', '--name', 'nets')).toMatchObject({ code: 0 })
})

test('a Node that is too old for kernels is what is wrong', async (context) => {
  const older = '/usr/bin/node'
  const { code, output } = await run(older, ['--version']).catch(() => ({ code: 1, output: '' }))
  if (code !== 0 || Number(/^v(\d+)/.exec(output)?.[1]) >= 24) return context.skip('no Node below 24 in /usr/bin')
  const env = nothing()
  const ended = await run(older, [join(installed(), 'setup', 'socketlab.mjs'), 'doctor'], { env })
  expect(ended.output).toMatch(/✗ Node +2\d\..*kernels need 24 or newer/)
  expect(ended.output).toMatch(/✗ kernel +cannot be started/)
  expect(ended.code).toBe(1)
})

test('on a terminal it shows what it waits for, in colours', async (context) => {
  const line = `"${process.execPath}" "${join(root, 'setup', 'socketlab.mjs')}" doctor`
  const env = plainEnv({ TERM: 'xterm', NO_COLOR: '' })
  const ended = await run('script', ['-qec', line, '/dev/null'], { env }).catch(() => undefined)
  if (!ended || ended.code === 128) return context.skip('no script(1)')
  expect(ended.output).toContain('\r\u001b[K… kernel\r\u001b[K')
  expect(ended.output).toContain('\u001b[32m✓\u001b[39m kernel')
})

test('no packet leaves the machine', async (context) => {
  const trace = join(folder, 'trace')
  const calls = ['-f', '-qq', '-e', 'trace=connect,sendto,sendmsg,sendmmsg', '-o', trace]
  const ended = await run('strace', [...calls, process.execPath, join(root, 'setup', 'socketlab.mjs'), 'doctor'])
  if (ended.code !== 0 || !existsSync(trace)) return context.skip('no strace(1), or it may not trace')
  const lines = readFileSync(trace, 'utf8').split('\n')
  const internet = lines.filter((line) => /AF_INET6?\b/.test(line))
  expect(internet.length).toBeGreaterThan(0)
  expect(internet.filter((line) => !/127\.0\.0\.1|"::1"/.test(line))).toEqual([])
})

test('Ctrl-C ends it with 130', async () => {
  const target = installed()
  writeFileSync(join(target, 'dist', 'kernel', 'main.cjs'), 'setInterval(() => {}, 1000)')
  const child = spawn(process.execPath, [join(target, 'setup', 'socketlab.mjs'), 'doctor'], { env: nothing() })
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (text.includes('temp folder')) child.kill('SIGINT')
  })
  expect(await new Promise((resolve) => child.once('close', resolve))).toBe(130)
})

test('a name that only a name server might know is not asked for', () => {
  const hosts = '127.0.0.1 localhost # lab\n::1 ip6-localhost\n127.0.1.1\tLab-7.example lab-7\n'
  const cases: [string, string, boolean][] = [
    ['localhost', 'hosts: files dns', true],
    ['localhost', '', true],
    ['lab-7', 'passwd: files\nhosts:\tfiles mdns4_minimal [NOTFOUND=return] dns', true],
    ['lab', 'hosts: files dns', false],
    ['lab-8', 'hosts: files dns', false],
    ['lab-8', 'hosts: files myhostname dns', true],
    ['lab-8', 'hosts: files dns myhostname', false],
    ['localhost', 'hosts: dns files', false],
  ]
  for (const [name, nsswitch, known] of cases)
    expect([name, nsswitch, isKnownHere(name, hosts, nsswitch)]).toEqual([name, nsswitch, known])
  expect(isKnownHere(hostname(), '', 'hosts: files dns')).toBe(false)
})

test('a table of services that is missing, or poor', () => {
  expect(servicesIn(join(folder, 'none'))).toMatchObject({
    verdict: 'warning',
    text: expect.stringContaining('there is no'),
  })
  writeFileSync(join(folder, 'services'), '# none\nssh 22/tcp\n')
  expect(servicesIn(join(folder, 'services'))).toMatchObject({
    verdict: 'warning',
    text: expect.stringContaining('http'),
  })
  rmSync(join(folder, 'services'))
})
