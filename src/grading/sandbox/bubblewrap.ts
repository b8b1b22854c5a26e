/**
 * The command line of bubblewrap for one kernel: its own network, processes and files; the machine's programs read-only,
 * nothing of the teacher's. Knows nothing of Jupyter.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, lstatSync, readlinkSync } from 'node:fs'
import { delimiter, join, sep } from 'node:path'

export interface Walls {
  /** The package's folder: its dist/ and the packages it needs are seen inside. */
  readonly packageRoot: string
  /** The Node that runs the kernel. */
  readonly node: string
  /** What may be written to files, in bytes. */
  readonly diskBytes: number
  /** It keeps the network that it is started in. Default: it has its own. */
  readonly sharesNetwork?: boolean
}

/** Where a sandboxed kernel runs, and where its sockets lie: folders in memory that exist in the sandbox only. */
export const HOME = '/home/student'
export const SOCKETS = '/run/kernel'

/** What programs look up: names of services and hosts, where libraries are. No users, no keys. */
const ETC = ['ld.so.cache', 'hosts', 'services', 'protocols', 'nsswitch.conf', 'host.conf', 'localtime', 'alternatives']
const SYSTEM = ['/bin', '/sbin', '/lib', '/lib64', '/lib32']

/**
 * Ways to start bubblewrap here, best first; none where it is not installed. For root it is started as nobody, where
 * that is possible: what root started may read its own memory, and is counted among root's processes.
 */
export function bubblewrapCommands(env: NodeJS.ProcessEnv = process.env): (readonly string[])[] {
  const bwrap = findProgram('bwrap', env)
  if (!bwrap) return []
  const setpriv = process.getuid?.() === 0 ? findProgram('setpriv', env) : undefined
  const asNobody = setpriv ? [[setpriv, '--reuid=65534', '--regid=65534', '--clear-groups', bwrap]] : []
  return [...asNobody, [bwrap]]
}

/** Where it is installed; undefined: it is not. */
export function findProgram(name: string, env: NodeJS.ProcessEnv = process.env): string | undefined {
  return (env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path))
}

/** Does it work here? Some systems forbid user namespaces. Returns what it said where it does not. */
export function tryBubblewrap(command: readonly string[], walls: Walls): string | undefined {
  const [program, ...args] = [...command, ...wallArguments(walls), walls.node, '--version'] as string[]
  const { status, stderr, error } = spawnSync(program as string, args, {
    encoding: 'utf8',
    timeout: 10_000,
    env: {},
  })
  if (status === 0) return undefined
  return error?.message ?? (stderr.trim() || `exit code ${status}`)
}

/** Everything up to the program to run. */
export function wallArguments({ packageRoot, node, diskBytes, sharesNetwork }: Walls): string[] {
  return [
    ...['--unshare-user', '--uid', '1000', '--gid', '1000', '--disable-userns'],
    ...(sharesNetwork ? [] : ['--unshare-net']),
    ...['--unshare-pid', '--unshare-ipc', '--unshare-uts', '--unshare-cgroup-try'],
    ...['--hostname', 'sandbox', '--die-with-parent', '--new-session'],
    ...['--ro-bind', '/usr', '/usr', '--ro-bind-try', '/nix/store', '/nix/store'],
    ...SYSTEM.flatMap(systemFolder),
    ...ETC.flatMap((name) => ['--ro-bind-try', `/etc/${name}`, `/etc/${name}`]),
    ...['--proc', '/proc', '--dev', '/dev'],
    ...[HOME, '/tmp', '/run', '/dev/shm'].flatMap((folder) => inMemory(folder, diskBytes)),
    ...packageFolders(packageRoot).flatMap((folder) => ['--ro-bind', folder, folder]),
    ...['--ro-bind', node, node],
    ...['--chdir', HOME],
  ]
}

const inMemory = (folder: string, bytes: number): string[] => ['--size', String(bytes), '--tmpfs', folder]

/** On most systems /lib is a link into /usr. */
function systemFolder(path: string): string[] {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (!found) return []
  return found.isSymbolicLink() ? ['--symlink', readlinkSync(path), path] : ['--ro-bind', path, path]
}

/** What the kernel is made of, and nothing beside it: a course's folder may hold solutions. */
export function packageFolders(packageRoot: string): string[] {
  const own = ['dist', 'node_modules', 'package.json'].map((name) => join(packageRoot, name))
  const marker = `${sep}node_modules${sep}`
  const at = packageRoot.indexOf(marker)
  const around = at < 0 ? [] : [packageRoot.slice(0, at + marker.length - 1)]
  return [...own, ...around].filter((path) => existsSync(path))
}
