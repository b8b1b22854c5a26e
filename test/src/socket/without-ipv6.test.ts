/** On a system whose kernel makes no IPv6 sockets (`ipv6.disable=1`): CPython starts the program under such a filter. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const run = promisify(execFile)
const LIBRARY = fileURLToPath(new URL('../../../dist/socketlab.cjs', import.meta.url))

/** socket(AF_INET6, …) is EAFNOSUPPORT from here on, seccomp(2): one line an instruction of its BPF. */
const WITHOUT = `
import ctypes, os, platform, struct, sys
number = {'x86_64': 41, 'aarch64': 198}[platform.machine()]
filter = [
    (0x20, 0, 0, 0),            # load the call's number
    (0x15, 0, 3, number),       # socket(2)? else allow
    (0x20, 0, 0, 16),           # load its first argument
    (0x15, 0, 1, 10),           # AF_INET6? else allow
    (0x06, 0, 0, 0x50000 | 97), # EAFNOSUPPORT
    (0x06, 0, 0, 0x7fff0000),   # allow
]
code = ctypes.create_string_buffer(b''.join(struct.pack('HBBI', *one) for one in filter))
class Program(ctypes.Structure): _fields_ = [('length', ctypes.c_ushort), ('code', ctypes.c_void_p)]
libc = ctypes.CDLL(None)
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2
assert libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
assert libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(Program(len(filter), ctypes.addressof(code)))) == 0
os.execv(sys.argv[1], sys.argv[1:])
`

/** No host is this machine: 127.0.0.1 and ::1. */
const PROGRAM = `
const { socket } = require(${JSON.stringify(LIBRARY)})
;(async () => {
  const server = socket.createServer(['127.0.0.1', 0])
  const address = [null, server.getsockname()[1]]
  const client = await socket.createConnection(address)
  console.log(client.getpeername()[0])
  client.close()
  server.close()
  const nobody = await socket.createConnection(address, { allErrors: true }).catch((error) => error)
  console.log(nobody.errors?.map(({ code }) => code).sort().join() ?? String(nobody))
})()
`

// It ended at ::1, EAFNOSUPPORT, also where 127.0.0.1 came behind it.
test('createConnection goes on to the next address where there is no socket for one', async () => {
  const program = [process.execPath, '-e', PROGRAM]
  const { stdout } = await run(process.env.PYTHON ?? 'python3', ['-c', WITHOUT, ...program], { timeout: 20_000 })
  expect(stdout).toBe('127.0.0.1\nEAFNOSUPPORT,ECONNREFUSED\n')
})
