/** What a person at the command line is told: help of each command, wrong arguments, no place for temporary files. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { root } from '../../runner/paths.ts'
import { code, scratch } from './command-line.ts'

const { folder, socketlab, write, remove } = scratch()
afterAll(remove)

test.for([
  ['run', 'socketlab run'],
  ['grade', 'socketlab grade'],
  ['grade run', 'socketlab grade run'],
  ['install', 'socketlab install'],
])('%s explains itself, and points there when it is asked for wrongly', async ([words, called]) => {
  const help = await socketlab([...words!.split(' '), '--help'])
  expect(help).toMatchObject({ code: 0, stderr: '' })
  expect(help.stdout).toContain(`Usage: ${called}`)
  expect(help.stdout).toMatch(/--help +explain this\n/)
  const wrong = await socketlab([...words!.split(' '), '--no-such-option'])
  expect(wrong.code).toBe(2)
  expect(wrong.stderr).toContain(`(${called} --help explains it)`)
})

test('no temporary folder: which, and how to name another', async () => {
  const notebook = write('one.ipynb', [code('1')])
  const missing = join(folder, 'missing')
  for (const args of [
    ['run', notebook],
    ['grade', 'run', '--source', notebook, '--output', 'results', '.'],
  ]) {
    const { code: exit, stderr } = await socketlab(args, { TMPDIR: missing })
    expect(exit, args[0]).toBe(1)
    expect(stderr, args[0]).toMatch(/^socketlab: no temporary folder can be made: ENOENT.*TMPDIR=\/path$/m)
    expect(stderr, args[0]).not.toContain('    at ')
  }
})

test('with too few descriptors for a submission nothing is graded', async () => {
  const notebook = write('two.ipynb', [code('1')])
  const few = 'ulimit -n 200; exec "$@"'
  const program = [process.execPath, join(root, 'setup', 'socketlab.mjs')]
  const args = ['grade', 'run', '--source', notebook, '--output', 'results', '.']
  const { status, stderr } = spawnSync('sh', ['-c', few, 'sh', ...program, ...args], { cwd: folder, encoding: 'utf8' })
  expect(status).toBe(1)
  expect(stderr).toContain('a process may open 200 files and sockets here, and submissions need up to 256')
})

test('a kernel that cannot start, and a file that cannot be written: what was refused, without a list of calls', () => {
  const notebook = write('three.ipynb', [code('1')])
  const run = (limit: string) => {
    const program = [process.execPath, join(root, 'setup', 'socketlab.mjs'), 'run', notebook]
    return spawnSync('sh', ['-c', `${limit}; exec "$@"`, 'sh', ...program], { cwd: folder, encoding: 'utf8' })
  }
  const few = run('ulimit -n 40')
  expect(few.status).toBe(1)
  expect(few.stderr).toMatch(/^socketlab: the kernel ended \(.*Too many open file/s)
  expect(few.stderr).toContain('`socketlab doctor` looks for what is wrong')
  // As on a full disk: nothing can be written.
  const full = run('trap "" XFSZ; ulimit -f 0')
  expect(full.status).toBe(1)
  expect(full.stderr).toMatch(/^socketlab: E\w+: .*, \w+/m)
  for (const { stderr } of [few, full]) expect(stderr).not.toContain('    at ')
})
