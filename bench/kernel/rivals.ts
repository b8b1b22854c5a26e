/**
 * The kernels that are measured and how each is started. Brings the rivals from the registries into bench/.rivals; one
 * that cannot be had is reported and left out. Knows nothing of what is measured.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { buildSnapshot } from '../../kernel/bridge/snapshot.mjs'
import { kernelSpec } from '../../src/cli/kernelspec/spec.ts'
import { NEW_CELLS } from './goals.ts'

/** What the client needs to start a kernel. */
export interface Contender {
  argv: string[]
  env: Record<string, string>
  interrupt_mode: 'message' | 'signal'
  cwd: string
  language: 'typescript' | 'python'
  version: string
}

const versions = { deno: '2.9.6', tslab: '1.0.22', zod: '4.6.7' }

/**
 * Every kernel that is here or can be brought; `missing` says why the others are not. They start in `notebook`, which
 * is outside the repository: tslab starts a tslab that it finds above its folder in its own place.
 */
export async function contenders(root: string, notebook: string, wanted: readonly string[]) {
  const rivals = join(root, 'bench', '.rivals')
  bringPackage(join(rivals, 'notebook'))
  cpSync(join(rivals, 'notebook'), notebook, { recursive: true })
  const makers: Record<string, () => Omit<Contender, 'cwd'> | Promise<Omit<Contender, 'cwd'>>> = {
    socketlab: () => ours(root, rivals, notebook),
    [NEW_CELLS]: () => ours(root, rivals),
    ipykernel: () => ipykernel(root),
    deno: () => deno(root, rivals),
    tslab: () => tslab(rivals),
  }
  const kernels: Record<string, Contender> = {}
  const missing: string[] = []
  for (const [name, make] of Object.entries(makers)) {
    if (!wanted.includes(name)) continue
    try {
      kernels[name] = { ...(await make()), cwd: notebook }
    } catch (error) {
      missing.push(`${name}: ${error instanceof Error ? error.message : error}`)
    }
  }
  return { kernels, missing }
}

/**
 * A copy of the build, so that a build during the run does not change what is measured. What it compiles is kept for this
 * run only, in `notebook`. Without `notebook` nothing is kept.
 */
async function ours(root: string, rivals: string, notebook?: string): Promise<Omit<Contender, 'cwd'>> {
  const copy = join(rivals, notebook ? 'socketlab' : 'socketlab-new-cells')
  rmSync(copy, { recursive: true, force: true })
  for (const part of ['package.json', 'dist', join('kernel', 'spec')]) {
    cpSync(join(root, part), join(copy, part), { recursive: true, preserveTimestamps: true })
  }
  // As set-up does; a snapshot fits one place only.
  await buildSnapshot(join(copy, 'dist', 'kernel', 'compiler.cjs'))
  const spec = kernelSpec({ packageRoot: copy, node: process.execPath })
  const { argv, interrupt_mode } = spec
  const env = { ...spec.env, SOCKETLAB_COMPILED_CELLS: notebook ? join(notebook, 'compiled-cells') : 'off' }
  const commit = run('git', ['-C', root, 'rev-parse', '--short', 'HEAD']).trim()
  return { argv, env, interrupt_mode, language: 'typescript', version: `${commit}, Node ${process.versions.node}` }
}

function ipykernel(root: string): Omit<Contender, 'cwd'> {
  const python = join(root, '.venv', 'bin', 'python')
  const version = run(python, ['-c', 'import ipykernel; print(ipykernel.__version__)']).trim()
  const argv = [python, '-m', 'ipykernel_launcher', '-f', '{connection_file}']
  return { argv, env: {}, interrupt_mode: 'signal', language: 'python', version }
}

/** Deno's own kernelspec says `signal`, of which it dies; it is measured with messages. */
function deno(root: string, rivals: string): Omit<Contender, 'cwd'> {
  const folder = join(rivals, 'deno')
  const program = join(folder, 'bin', 'deno')
  if (!existsSync(program)) {
    const python = join(root, '.venv', 'bin', 'python')
    run(python, ['-m', 'pip', 'install', '--quiet', '--target', folder, `deno==${versions.deno}`])
  }
  const env = { DENO_DIR: join(folder, 'cache'), DENO_NO_UPDATE_CHECK: '1' }
  const version = run(program, ['--version']).split('\n')[0]!.split(' ')[1]!
  const argv = [program, 'jupyter', '--kernel', '--conn', '{connection_file}']
  return { argv, env, interrupt_mode: 'message', language: 'typescript', version }
}

/** Installed as its users do, globally (else it does not find its @types/node), on a Node that it runs on: 20. */
function tslab(rivals: string): Omit<Contender, 'cwd'> {
  const node = node20()
  if (!node) throw new Error('needs a Node 20 on the PATH')
  const folder = join(rivals, 'tslab')
  const program = join(folder, 'bin', 'tslab')
  if (!existsSync(program)) {
    mkdirSync(folder, { recursive: true })
    run('npm', ['install', '--global', '--prefix', folder, '--silent', `tslab@${versions.tslab}`])
  }
  const argv = [node, program, 'kernel', '--config-path', '{connection_file}']
  return { argv, env: {}, interrupt_mode: 'signal', language: 'typescript', version: `${versions.tslab}, Node 20` }
}

/** The large package that a cell imports, beside the notebook. */
function bringPackage(folder: string): void {
  if (existsSync(join(folder, 'node_modules', 'zod'))) return
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
  run('npm', ['install', '--silent', '--save-exact', `zod@${versions.zod}`], folder)
}

function node20(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  return folders
    .map((folder) => join(folder, 'node'))
    .find((path) => existsSync(path) && spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout.startsWith('v20.'))
}

function run(command: string, args: string[], cwd?: string): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8', timeout: 180_000 })
  if (error) throw error
  if (status !== 0) throw new Error(`${command} ${args[0]}: ${stderr.trim().split('\n').at(-1) ?? status}`)
  return stdout
}
