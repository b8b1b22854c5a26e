/**
 * The main thread: first it starts what must not wait, the io thread and the compiler; the stage on which cells and
 * their sockets run, and with it the lesson modules and koffi, comes once the kernel has answered, or with the first
 * cell. Hence the imports in functions: one at the top is loaded before the io thread is started.
 */
import { join } from 'node:path'
import { SOCKET_AT } from '../bridge/given-socket.ts'
import { loadWithCode } from '../bridge/main.ts'
import { compilerArguments, type ToMain } from '../bridge/threads.ts'
import { io, javascript, postAtOnce } from './start-io.ts'

/** What came before the stage was there. */
let early: ToMain[] | undefined = []
let deliver = (message: ToMain): void => void early?.push(message)
let isOpening = false

async function openStage(): Promise<void> {
  isOpening = true
  loadWithCode(join(__dirname, '../socketlab.cjs'))
  const { receive } = await import('./stage.ts')
  deliver = receive
  postAtOnce({ type: 'loaded' })
  for (const message of early ?? []) receive(message)
  early = undefined
}

async function startCompiler(): Promise<void> {
  if (process.env[SOCKET_AT]) return postAtOnce({ type: 'compiler' })
  const { startEarly } = await import('../bridge/early-compiler.ts')
  const onEnd = (why: string) => postAtOnce({ type: 'compilerEnded', why })
  const started = startEarly(join(__dirname, 'compiler.cjs'), compilerArguments(javascript), onEnd)
  postAtOnce({ type: 'compiler', ...(started && { early: started }) })
}

io.on('message', (message: ToMain) => {
  deliver(message)
  if (!isOpening) void openStage()
})
void startCompiler()
// Ctrl-C in the terminal that Jupyter runs in reaches every process of the group: Jupyter says what it means to us.
process.on('SIGINT', () => {})
