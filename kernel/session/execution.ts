/**
 * Cells: compiled, run on the main thread, answered for; the queues behind them, one a subshell.
 * Knows the messages of one execute_request and their order; neither frames nor keys.
 */
import { type Asked, askedName } from '../bridge/asked-name.ts'
import { type Compiler, CompilerStopped } from '../bridge/compiler.ts'
import type { ConvertAnswer } from '../bridge/compiler-api.ts'
import type { CellId, Failure, MimeBundle, Ordered } from '../bridge/threads.ts'
import { noticeBundle } from '../display/notice.ts'
import type { Message } from '../protocol/messages.ts'
import type { Behind, ClientClocks } from './behind-error.ts'
import type { ExecuteJob } from './dispatcher.ts'
import { compileFailure, compilerGone, keyboardInterrupt, unknownSubshell } from './failures.ts'
import { described } from './handlers/inspect.ts'
import type { History } from './history.ts'
import type { Log } from './log.ts'
import type { MainThread } from './main-thread.ts'
import type { Parent, Publisher } from './publisher.ts'
import type { Subshells } from './subshells.ts'

export type Outcome = { result?: MimeBundle; failure?: Failure; payload?: unknown[] }

/** A cell between its `busy` and its reply. */
export interface Running {
  cell: CellId
  job: ExecuteJob
  phase: 'compiling' | 'running'
  /** Waits that main rejected for the interrupt under way; undefined until it has told. */
  rejected: number | undefined
  /** When main has told how many: with any, the cell may be in its `catch`. */
  told: PromiseWithResolvers<number>
  /** ■ was pressed: a compiler that was stopped is then no fault. */
  stopping: boolean
  done: PromiseWithResolvers<Outcome>
}

/** Whose request a cell was: where its output and its questions go, also after its end. */
export interface Asker {
  header: Parent
  identities: Message['identities']
}

/** One queue: the main shell's, a subshell's, or that of the control channel, which is there so as not to wait for cells. */
interface Lane {
  queue: ExecuteJob[]
  busy: boolean
  /** A cell has failed here. */
  behind?: Behind | undefined
}

/** A widget that is dragged sends sixty messages a second, each of a kilobyte; what the oldest began has ended long ago. */
const MOST_RELEASED = 1000

export interface ExecutionParts {
  main: MainThread
  compiler: Compiler
  publisher: Publisher
  history: History
  subshells: Subshells
  clocks: ClientClocks
  log: Log
}

export interface Execution {
  enqueue(job: ExecuteJob): void
  /** The number of the newest cell that has one. */
  count(): number
  /** A message from main that belongs to a cell; the text before it is published. */
  received(message: Exclude<Ordered, { type: 'input' | 'commDone' }>): void
  /** How many waits main rejected for ■. */
  interrupted(cell: CellId, rejected: number): void
  /** When no cell runs or waits for its turn any more; undefined: none does. */
  whenIdle(): Promise<void> | undefined
  /** What runs or is compiled now: more than one only with subshells. */
  running(): Running[]
  parentOf(cell: CellId): Parent
  /** Who may be asked for input; nobody for a widget's message. */
  askerOf(cell: CellId): Asker | undefined
  /** The newest cell, running or ended. */
  lastCell(): CellId
  /** A number for work that is no cell of the queue, with the request that its output belongs to. */
  adopt(parent: Parent): CellId
  /** It is done; what it began may still print for a while. */
  release(cell: CellId): void
}

export function createExecution({ main, compiler, publisher, history, ...parts }: ExecutionParts): Execution {
  const { subshells, clocks, log } = parts
  const askers = new Map<CellId, Asker>()
  const released: CellId[] = []
  const lanes = new Map<string, Lane>()
  const running = new Map<CellId, Running>()
  let idle: PromiseWithResolvers<void> | undefined
  let lastCell: CellId = 0
  let executionCount = 0

  const askerOf = (cell: CellId) => askers.get(cell)
  const parentOf = (cell: CellId): Parent => askerOf(cell)?.header ?? {}
  const publish: Publisher['publish'] = (type, content, parent) => publisher.publish(type, content, parent)

  const isBusy = () => [...lanes.values()].some(({ busy }) => busy)

  function laneOf({ channel, request }: ExecuteJob): Lane {
    const name = request.header.subshell_id ?? channel
    const lane = lanes.get(name) ?? { queue: [], busy: false }
    lanes.set(name, lane)
    return lane
  }

  async function work(lane: Lane): Promise<void> {
    if (lane.busy) return
    lane.busy = true
    for (let job = lane.queue.shift(); job; job = lane.queue.shift()) {
      const one: Running = {
        cell: ++lastCell,
        job,
        phase: 'compiling',
        rejected: undefined,
        told: Promise.withResolvers(),
        stopping: false,
        done: Promise.withResolvers(),
      }
      running.set(one.cell, one)
      await runJob(one, lane).catch((error: Error) => log(`a cell could not be answered: ${error.stack}`))
      running.delete(one.cell)
    }
    lane.busy = false
    if (isBusy()) return
    compiler.rest?.()
    idle?.resolve()
    idle = undefined
  }

  async function runJob(one: Running, lane: Lane): Promise<void> {
    const { cell, job } = one
    const { request, content, reply } = job
    const parent = request.header
    askers.set(cell, { header: parent, identities: request.identities })
    const subshell = parent.subshell_id
    if (subshell && !subshells.has(subshell)) return refuse(job, unknownSubshell(subshell))
    const counted = !content.silent && content.store_history
    if (counted) history.add(++executionCount, content.code)
    const count = executionCount
    // As ipykernel tells it: JupyterLab keeps it with the cell's times.
    const metadata = { started: new Date().toISOString() }
    const name = counted ? `cell [${count}]` : `${content.silent ? 'silent' : 'extra'} cell #${cell}`
    // The compiler works while this thread tells that it does.
    const outcome = pager(content.code) ?? outcomeOf(one, content.code, name, content.silent)
    publish('status', { execution_state: 'busy' }, parent)
    if (!content.silent) publish('execute_input', { code: content.code, execution_count: count }, parent)
    const { result, failure, payload = [] } = await outcome

    if (failure) {
      if (!content.silent) publish('error', failure, parent)
      reply({ status: 'error', execution_count: count, ...failure }, metadata)
    } else {
      if (result && !content.silent) {
        publish('execute_result', { execution_count: count, data: result, metadata: {} }, parent)
      }
      const user_expressions = await expressions(one, name)
      reply({ status: 'ok', execution_count: count, payload, user_expressions }, metadata)
    }
    publish('status', { execution_state: 'idle' }, parent)
    // What is silent shows no error either: nobody would know why the cells behind it did not run.
    if (failure && content.stop_on_error && !content.silent) {
      lane.behind = clocks.behindFailed(parent)
      abort(lane.queue.splice(0))
    }
    const text = result?.['text/plain']
    if (counted) history.ended(count, typeof text === 'string' ? text : null)
  }

  /** As ipykernel: no cell that has run, so it has no number of its own, no output, and no place in the history. */
  function refuse({ request, reply }: ExecuteJob, failure: Failure): void {
    publish('status', { execution_state: 'busy' }, request.header)
    reply({ status: 'error', execution_count: executionCount, ...failure })
    publish('status', { execution_state: 'idle' }, request.header)
  }

  async function outcomeOf(one: Running, code: string, name: string, silent: boolean, keep = true): Promise<Outcome> {
    one.phase = 'compiling'
    one.done = Promise.withResolvers()
    let answer: ConvertAnswer
    try {
      answer = await compiler.convert(code, name, keep)
    } catch (error) {
      if (!(error instanceof CompilerStopped)) throw error
      return { failure: one.stopping ? keyboardInterrupt() : compilerGone(error.message) }
    }
    if (!answer.ok) return { failure: compileFailure(answer.diagnostics) }
    if (!silent)
      for (const note of answer.notes)
        publish('display_data', { data: noticeBundle(note.message), metadata: {} }, parentOf(one.cell))
    one.phase = 'running'
    const { javascript, map, awaits, result, declares, early, files } = answer
    const { content, request } = one.job
    const { allow_stdin: allowStdin } = content
    const messageId = request.header.msg_id
    const compiled = { javascript, map, awaits, result, declares, early, files }
    main.post({ type: 'run', cell: one.cell, name, code, ...compiled, allowStdin, messageId, silent })
    return one.done.promise
  }

  /** `socket.recv?`: the documentation of a name, in the client's pager; `recvExactly??` with its source. */
  function pager(code: string): Promise<Outcome> | undefined {
    const asked = askedName(code)
    return asked && documentation(asked)
  }

  async function documentation({ name, source }: Asked): Promise<Outcome> {
    const answer = await compiler.ask('inspect', name, name.length, source)
    const data = answer.found ? described(answer) : { 'text/plain': `there is no name ${name}` }
    return { payload: [{ source: 'page', data, start: 0 }] }
  }

  /** Each is evaluated after the cell, and fails by itself. */
  async function expressions(one: Running, name: string): Promise<Record<string, unknown>> {
    const found: Record<string, unknown> = {}
    for (const [key, expression] of Object.entries(one.job.content.user_expressions)) {
      const { result, failure } = await outcomeOf(one, `(${expression}\n)`, `${name} ${key}`, false, false)
      found[key] = failure
        ? { status: 'error', ...failure }
        : { status: 'ok', data: result ?? { 'text/plain': 'undefined' }, metadata: {} }
    }
    return found
  }

  /** Requests that were made before the error are not run: the reader should see it first. */
  function abort(jobs: readonly ExecuteJob[]): void {
    for (const { request, reply } of jobs) {
      publish('status', { execution_state: 'busy' }, request.header)
      // No number: JupyterLab would show it beside the cell, as if it had run.
      reply({ status: 'aborted' })
      publish('status', { execution_state: 'idle' }, request.header)
    }
  }

  return {
    enqueue(job) {
      const { header } = job.request
      const lane = laneOf(job)
      if (lane.behind?.includes(header)) return abort([job])
      if (lane.behind?.endsWith(header)) lane.behind = undefined
      lane.queue.push(job)
      void work(lane)
    },
    count: () => executionCount,
    received(message) {
      const parent = parentOf(message.cell)
      switch (message.type) {
        case 'done':
          running.get(message.cell)?.done.resolve(message)
          return
        case 'display': {
          const { data, metadata, displayId } = message
          const transient = displayId === undefined ? {} : { display_id: displayId }
          publish(message.update ? 'update_display_data' : 'display_data', { data, metadata, transient }, parent)
          return
        }
        case 'clearOutput':
          publish('clear_output', { wait: message.wait }, parent)
          return
        case 'stray':
          publish('error', message.failure, parent)
          return
        case 'publish':
          publisher.publishRaw(message.messageType, message.content, parent, message.metadata, message.buffers)
      }
    },
    interrupted(cell, rejected) {
      const one = running.get(cell)
      if (!one) return
      one.rejected = rejected
      one.told.resolve(rejected)
    },
    whenIdle() {
      if (!isBusy()) return undefined
      idle ??= Promise.withResolvers()
      return idle.promise
    },
    running: () => [...running.values()],
    parentOf,
    askerOf,
    lastCell: () => lastCell,
    adopt(parent) {
      askers.set(++lastCell, { header: parent, identities: [] })
      return lastCell
    },
    release(cell) {
      if (released.push(cell) > MOST_RELEASED) askers.delete(released.shift() as CellId)
    },
  }
}
