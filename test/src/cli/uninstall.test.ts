/** `socketlab uninstall` takes away what `socketlab install` wrote, and nothing else. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { scratch } from './command-line.ts'

const { folder, socketlab, remove } = scratch()
afterAll(remove)

const newPrefix = () => mkdtempSync(join(folder, 'prefix '))
const kernels = (prefix: string) => join(prefix, 'share', 'jupyter', 'kernels')

test('--help names every command, and each explains its options', async () => {
  const { stdout } = await socketlab(['--help'])
  for (const command of ['install', 'uninstall', 'run', 'doctor'])
    expect(stdout).toMatch(new RegExp(`^ {2}${command} `, 'm'))
  const options = {
    uninstall: ['--user', '--prefix', '--sys-prefix', '--name'],
    run: ['--param', '--stdout', '--no-check'],
    install: ['--no-javascript', '--display-name'],
    doctor: ['--json'],
  }
  for (const [command, names] of Object.entries(options)) {
    const help = await socketlab([command, '--help'])
    expect(help.code).toBe(0)
    for (const name of names) expect(help.stdout).toContain(name)
  }
})

test('removes what install wrote, in each place; the other kernels stay', async () => {
  const prefix = newPrefix()
  const env = { JUPYTER_DATA_DIR: join(prefix, 'data'), VIRTUAL_ENV: join(prefix, 'env') }
  const cases: [string[], string][] = [
    [['--prefix', prefix], kernels(prefix)],
    [['--user', '--name', 'Ts-Net'], join(prefix, 'data', 'kernels')],
    [['--sys-prefix'], kernels(join(prefix, 'env'))],
  ]
  for (const [place, where] of cases) {
    expect(await socketlab(['install', ...place], env)).toMatchObject({ code: 0 })
    mkdirSync(join(where, 'python3'))
    const { code, stdout } = await socketlab(['uninstall', ...place], env)
    expect(stdout).toMatch(
      /^Removed the kernel '(socketlab|ts-net)' from .*\nRemoved the kernel '\1-javascript' from .*\n$/,
    )
    expect(code).toBe(0)
    expect(readdirSync(where)).toEqual(['python3'])
  }
})

test('where there is none, or none of that name, it says where it looked', async () => {
  const prefix = newPrefix()
  await socketlab(['install', '--prefix', prefix])
  const { code, stderr } = await socketlab(['uninstall', '--prefix', prefix, '--name', 'nets'])
  expect(stderr).toContain(`there is no kernel 'nets' here (${join(kernels(prefix), 'nets', 'kernel.json')})`)
  expect(code).toBe(1)
  expect(readdirSync(kernels(prefix)).sort()).toEqual(['socketlab', 'socketlab-javascript'])
})

test.each([
  ['of another language', '{"argv": ["python", "-m", "ipykernel"]}'],
  ['that is broken', '{'],
])('a kernel %s is refused and stays', async (_what, text) => {
  const prefix = newPrefix()
  mkdirSync(join(kernels(prefix), 'python3'), { recursive: true })
  const file = join(kernels(prefix), 'python3', 'kernel.json')
  writeFileSync(file, text)
  const { code, stderr } = await socketlab(['uninstall', '--prefix', prefix, '--name', 'python3'])
  expect(stderr).toMatch(/'python3' in .* is not one of socketlab's/)
  expect(code).toBe(1)
  expect(existsSync(file)).toBe(true)
})

test('files that others put beside stay; of a linked folder only the link goes', async () => {
  const prefix = newPrefix()
  await socketlab(['install', '--prefix', prefix])
  mkdirSync(kernels(join(prefix, 'other')), { recursive: true })
  const link = join(kernels(join(prefix, 'other')), 'socketlab')
  symlinkSync(join(kernels(prefix), 'socketlab'), link)
  expect(await socketlab(['uninstall', '--prefix', join(prefix, 'other')])).toMatchObject({ code: 0 })
  expect(existsSync(link)).toBe(false)
  writeFileSync(join(kernels(prefix), 'socketlab', 'kernel.js'), '')
  const { stdout } = await socketlab(['uninstall', '--prefix', prefix])
  expect(stdout).toContain('kernel.js')
  expect(readdirSync(join(kernels(prefix), 'socketlab'))).toEqual(['kernel.js'])
})

test('wrong words end with 2', async () => {
  for (const args of [
    ['--name', '../x'],
    ['--user', '--sys-prefix'],
    ['--prefix', ''],
  ])
    expect(await socketlab(['uninstall', ...args])).toMatchObject({ code: 2, stdout: '' })
})
