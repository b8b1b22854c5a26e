/**
 * The io thread: wires the rooms together, starts, and ends.
 *
 * It always answers, whatever the learner's code does on the main thread. Everything it loads before the sockets are
 * bound costs start-up time: koffi and the lesson modules are not among it.
 */
// Before all others, which are loaded while the sockets are being bound.
import '../wire/bind-first.ts'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { openCellStore } from '../bridge/cell-store.ts'
import type { Compiler, CompilerProcess } from '../bridge/compiler.ts'
import { startCompiler } from '../bridge/compiler-process.ts'
import type { EarlyCompiler } from '../bridge/early-compiler.ts'
import { givenSocket, LIFELINE_AT, SOCKET_AT } from '../bridge/given-socket.ts'
import { saveCode } from '../bridge/main.ts'
import { rememberCells } from '../bridge/remembered-cells.ts'
import { buildSnapshot, compilerCommand, fromBundle, snapshotName } from '../bridge/snapshot.mjs'
import { ringReader } from '../bridge/text-ring.ts'
import { compilerArguments, type IoThreadData, textTag } from '../bridge/threads.ts'
import { headerMaker } from '../protocol/codec.ts'
import { hasFreePorts } from '../protocol/connection-file.ts'
import { connectionFile, file, opening } from '../wire/bind-first.ts'
import { register } from '../wire/register.ts'
import { clientClocks } from './behind-error.ts'
import { type CapturedOutput, readCaptured } from './captured-output.ts'
import { createCommTraffic } from './comms.ts'
import { createDispatcher } from './dispatcher.ts'
import { createExecution } from './execution.ts'
import { handlers } from './handlers/index.ts'
import { createHistory } from './history.ts'
import { openHistoryStore } from './history-store.ts'
import { createInterrupt } from './interrupt.ts'
import { createLessonHelps } from './lesson-helps.ts'
import { createLog, type Log } from './log.ts'
import { type FromMain, mainThread } from './main-thread.ts'
import { watchMemory } from './memory-watch.ts'
import { createOutputPump } from './output.ts'
import { watchedParent } from './parent.ts'
import { createPublisher } from './publisher.ts'
import { createSignals, ENDING } from './signals.ts'
import { createStdin } from './stdin.ts'
import { createSubshells } from './subshells.ts'
import { publishVerdicts } from './verdicts.ts'

const STUCK =
  '■ has no effect yet: the cell is inside a native call that cannot be stopped. If it does not end, restart the kernel.\n'
const SIGNALS_AFTER_MS = 300
/** The first answer goes out before main takes a core for its own loading. */
const STAGE_AFTER_MS = 10
const COMPILER = join(__dirname, 'compiler.cjs')
/** Its building takes a core for seconds: not while the first cells are typed. */
const SNAPSHOT_AFTER_MS = 20_000
const PARENT_CHECK_MS = 250
const TERMINATE_AFTER_MS = 100
const EXIT_GRACE_MS = 500
/** How long main may take to say whether a cell listens to the signal that asks for the end. */
const LEAVE_AFTER_MS = 500

const { parentPid, ring, javascript, verdicts } = workerData as IoThreadData

/** What main says before any cell has run. */
type FromStart = { type: 'compiler' | 'compilerEnded' }

async function start(): Promise<void> {
  const log = createLog(process.env.SOCKETLAB_LOG, (text) => process.stderr.write(text))
  const signals = createSignals(
    () => main.post({ type: 'hearSignals', names: ENDING }),
    (name) => (name === 'SIGINT' ? pressStop() : void leave(name)),
    log,
  )
  let fromCells: (message: Exclude<FromMain, FromStart>) => void = () => {}
  let endedBefore: string | undefined
  let compilerEnded = (why: string): void => {
    endedBefore = why
  }
  let compilerStarted: (message: { early?: EarlyCompiler }) => void
  const first = new Promise<{ early?: EarlyCompiler }>((resolve) => {
    compilerStarted = resolve
  })
  const main = mainThread(parentPort!, signals, (message) => {
    if (message.type === 'compiler') compilerStarted(message)
    else if (message.type === 'compilerEnded') compilerEnded(message.why)
    else fromCells(message)
  })
  const channels = await opening
  const { connection } = channels
  if (file.registration) await register(file.registration, connection)
  // For clients that come later: where the kernel chose a port itself, nobody else knows it.
  if (hasFreePorts(file.connection)) writeFileSync(connectionFile, JSON.stringify(connection), { mode: 0o600 })

  const { early } = await first
  const { command, fromSnapshot } = early ? { command: early.command, fromSnapshot: true } : compilerCommand(COMPILER)
  const withLanguage = (command: readonly string[]) => [...command, ...compilerArguments(javascript)]
  const fallback = fromSnapshot ? withLanguage(fromBundle(COMPILER)) : undefined
  const given = givenSocket(SOCKET_AT)
  const started = startCompiler({ command: withLanguage(command), fallback, early, given }, log)
  compilerEnded = started.earlyEnded
  const compiler = given ? started : withMemory(started, log)
  if (endedBefore !== undefined) compilerEnded(endedBefore)
  compiler.check = process.env.SOCKETLAB_CHECK !== 'off'

  const newHeader = headerMaker('kernel')
  const publisher = createPublisher(channels.send.iopub, newHeader, connection.key)
  const history = createHistory(() => openHistoryStore(process.env, log))
  const subshells = createSubshells()
  const clocks = clientClocks()
  const execution = createExecution({ main, compiler, publisher, history, subshells, clocks, log })
  const text = ringReader(ring)
  const output = createOutputPump(text, publisher, execution.parentOf, channels.send.iopub.waiting)
  const comms = createCommTraffic({
    main,
    publisher,
    adopt: execution.adopt,
    release: execution.release,
    parentOf: execution.parentOf,
    whenIdle: execution.whenIdle,
  })
  const stdin = createStdin({ send: channels.send.stdin, newHeader, key: connection.key, main, log })

  const tellVerdicts =
    verdicts && publishVerdicts(verdicts, { connection, connectionFile, publisher, parentOf: execution.parentOf })

  let captured: CapturedOutput | undefined
  /** Bytes carry no cell: they belong to the one that runs, else to the last. */
  function addCaptured(stream: 0 | 1, text: string): void {
    output.add(textTag(execution.running().at(-1)?.cell ?? execution.lastCell(), stream), text)
  }
  fromCells = (message) => {
    if (message.type === 'bell') output.bell()
    else if (message.type === 'fetch') {
      // In a flood its order is not worth the memory.
      if (!output.behind()) captured?.drain()
      text.fetched()
    } else if (message.type === 'typeCheck') compiler.check = message.on
    else if (message.type === 'captured') captured = readCaptured(message, addCaptured, output.behind)
    else if (message.type === 'guard' || message.type === 'press') help(message)
    else if (message.type === 'leave') void end()
    else if (message.type === 'interrupted') execution.interrupted(message.cell, message.rejected)
    else {
      if (message.type === 'done') {
        output.catchUp()
        captured?.drain()
        tellVerdicts?.()
      }
      output.flushTo(message.mark)
      if (message.type === 'publish') comms.sent(message.messageType, message.content)
      if (message.type === 'input') stdin.ask(message, execution.askerOf(message.cell))
      else if (message.type === 'commDone') comms.done(message.cell)
      else execution.received(message)
    }
  }
  const interrupt = createInterrupt({
    main,
    compiler,
    running: execution.running,
    flushOutput() {
      // A check that was stopped has told what it had found; its cell has no other end than this.
      tellVerdicts?.()
      output.flush()
    },
    comms,
    onStuck: (cells) => {
      for (const { cell } of cells)
        publisher.publish('stream', { name: 'stderr', text: STUCK }, execution.parentOf(cell))
    },
  })
  function pressStop(): void {
    stdin.forget(execution.running())
    interrupt().catch((error: Error) => log(`interrupt failed: ${error.stack}`))
  }

  const help = createLessonHelps({ main, running: execution.running, pressStop })

  let ending = false
  /** Sockets first: a process that exits while ZeroMQ sockets are open in this thread aborts (exit code 134). */
  async function end(): Promise<void> {
    if (ending) return
    ending = true
    saveCode()
    compiler.close()
    history.close()
    main.endChildren()
    await channels.close()
    main.post({ type: 'exit' })
    // In the learner's loop main does not hear it: then the loop is ended first.
    setTimeout(() => main.terminateExecution(), TERMINATE_AFTER_MS)
    // Main may be stuck in the learner's loop.
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), EXIT_GRACE_MS)
  }
  /** As in any program of Node's a listener of a cell takes the place of the end; what loops for ever has no say. */
  async function leave(name: NodeJS.Signals): Promise<void> {
    main.post({ type: 'signal', name })
    if (!(await main.responds(LEAVE_AFTER_MS))) await end()
  }
  const parentLives = watchedParent(parentPid, process.env.JPY_PARENT_PID)
  setInterval(() => {
    // Whoever started us is gone: nobody can reach this kernel any more.
    if (!parentLives()) void end()
  }, PARENT_CHECK_MS)
  // In a sandbox the parent is the sandbox's own.
  const lifeline = givenSocket(LIFELINE_AT)
  lifeline?.on('error', () => {}).on('close', () => void end())
  lifeline?.resume()

  const dispatch = createDispatcher({
    key: connection.key,
    send: channels.send,
    newHeader,
    publisher,
    handlers,
    context: {
      javascript,
      compiler,
      history,
      subshells,
      comms,
      ports: connection,
      interrupt: pressStop,
      shutdown: () => setImmediate(() => void end()),
    },
    execute: execution.enqueue,
    executionCount: execution.count,
    comms,
    clocks,
    log,
  })
  await channels.listen({
    shell: (frames) => void dispatch(frames, 'shell'),
    control: (frames) => void dispatch(frames, 'control'),
    stdin: stdin.received,
    subscribed: publisher.welcome,
  })
  publisher.publish('status', { execution_state: 'starting' }, {})
  setTimeout(() => main.post({ type: 'ready' }), STAGE_AFTER_MS)
  watchMemory({ main, running: execution.running, log })
  if (!fromSnapshot) setTimeout(makeSnapshot, SNAPSHOT_AFTER_MS, log)
  // Who grades interrupts by message; what wakes a blocked call is loaded then.
  if (!verdicts) setTimeout(signals.load, SIGNALS_AFTER_MS)
}

/** Not for work that is judged, nor with another compiler than the one that was built: that is for comparison. */
function withMemory(compiler: CompilerProcess, log: Log): Compiler {
  const { env } = process
  if (verdicts || env.SOCKETLAB_TYPES || env.SOCKETLAB_COMPILER) return compiler
  const store = openCellStore(env, log)
  if (!store) return compiler
  return rememberCells(compiler, store, [snapshotName(COMPILER), String(javascript)], process.cwd(), log)
}

/** For the next start, where set-up has not made it: an installed package, or another Node. */
function makeSnapshot(log: Log): void {
  if (process.env.SOCKETLAB_SNAPSHOT === 'off') return
  buildSnapshot(COMPILER).then(
    (path) => log(`snapshot: ${path}`),
    (error: Error) => log(`snapshot: ${error.message}`),
  )
}

// A start that fails ends the thread with its error; main reports it and exits.
void start()
