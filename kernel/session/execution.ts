/**
 * Cells, one at a time: compiled, run on the main thread, answered for; the queue behind them; ■.
 * Knows the messages of one execute_request and their order; neither frames nor keys.
 */
import type { ConvertAnswer } from '../bridge/compiler-api.ts'
import { type Compiler, CompilerStopped } from '../bridge/compiler-process.ts'
import type { CellId, Failure, MimeBundle, Ordered } from '../bridge/threads.ts'
import type { ExecuteJob } from './dispatcher.ts'
import { compileFailure, compilerGone, keyboardInterrupt } from './failures.ts'
import type { History } from './history.ts'
import { interruptMain } from './interrupt.ts'
import type { Log } from './log.ts'
import type { MainThread } from './main-thread.ts'
import type { OutputPump } from './output.ts'
import type { Parent, Publisher } from './publisher.ts'

interface Running {
  cell: CellId
  job: ExecuteJob
  phase: 'compiling' | 'running'
  /** Waits that main rejected for the interrupt under way. */
  rejected: number
  done: PromiseWithResolvers<Outcome>
}

type Outcome = { result?: MimeBundle; failure?: Failure }

export interface ExecutionParts {
  main: MainThread
  compiler: Compiler
  publisher: Publisher
  history: History
  output(): OutputPump
  log: Log
}

export interface Execution {
  enqueue(job: ExecuteJob): void
  interrupt(): void
  /** A message from main that belongs to a cell; the text before it is published. */
  received(message: Exclude<Ordered, { type: 'input' }>): void
  /** How many waits main rejected for ■. */
  interrupted(cell: CellId, rejected: number): void
  parentOf(cell: CellId): Parent
  /** The request that may ask its client for input now. */
  current(): ExecuteJob | undefined
}

export function createExecution(parts: ExecutionParts): Execution {
  const { main, compiler, publisher, history, log } = parts
  const parents = new Map<CellId, Parent>()
  let queue: ExecuteJob[] = []
  let running: Running | undefined
  let interrupting = false
  let lastCell: CellId = 0
  let executionCount = 0

  const parentOf = (cell: CellId): Parent => parents.get(cell) ?? {}
  const publish: Publisher['publish'] = (type, content, parent) => publisher.publish(type, content, parent)

  async function work(): Promise<void> {
    if (running) return
    for (let job = queue.shift(); job; job = queue.shift()) {
      running = { cell: ++lastCell, job, phase: 'compiling', rejected: 0, done: Promise.withResolvers() }
      await runJob(running).catch((error: Error) => log(`a cell could not be answered: ${error.stack}`))
      running = undefined
    }
  }

  async function runJob({ cell, job, done }: Running): Promise<void> {
    const { request, content, reply } = job
    const parent = request.header
    parents.set(cell, parent)
    const counted = !content.silent && content.store_history
    if (counted) history.add(++executionCount, content.code)
    const count = executionCount
    publish('status', { execution_state: 'busy' }, parent)
    if (!content.silent) publish('execute_input', { code: content.code, execution_count: count }, parent)

    const name = counted ? `cell [${count}]` : `${content.silent ? 'silent' : 'extra'} cell #${cell}`
    const { result, failure } = await outcomeOf(cell, job, name, done.promise)

    if (failure) {
      if (!content.silent) publish('error', failure, parent)
      reply({ status: 'error', execution_count: count, ...failure })
      if (content.stop_on_error) abortQueue()
    } else {
      if (result && !content.silent) {
        publish('execute_result', { execution_count: count, data: result, metadata: {} }, parent)
        if (counted && typeof result['text/plain'] === 'string') history.setOutput(count, result['text/plain'])
      }
      reply({ status: 'ok', execution_count: count, payload: [], user_expressions: {} })
    }
    publish('status', { execution_state: 'idle' }, parent)
  }

  async function outcomeOf(cell: CellId, job: ExecuteJob, name: string, done: Promise<Outcome>): Promise<Outcome> {
    const { code, allow_stdin, silent } = job.content
    let answer: ConvertAnswer
    try {
      answer = await compiler.convert(code, name)
    } catch (error) {
      if (error instanceof CompilerStopped)
        return { failure: interrupting ? keyboardInterrupt() : compilerGone(error.message) }
      throw error
    }
    if (!answer.ok) return { failure: compileFailure(answer.diagnostics) }
    if (running) running.phase = 'running'
    const { javascript, map, awaits, result, declares, files } = answer
    main.post({
      type: 'run',
      cell,
      name,
      code,
      javascript,
      map,
      awaits,
      result,
      declares,
      files,
      allowStdin: allow_stdin,
      silent,
    })
    return done
  }

  /** Requests that came before the error are not run: the reader should see it first. */
  function abortQueue(): void {
    const aborted = queue
    queue = []
    for (const { request, reply } of aborted) {
      publish('status', { execution_state: 'busy' }, request.header)
      reply({ status: 'aborted', execution_count: executionCount })
      publish('status', { execution_state: 'idle' }, request.header)
    }
  }

  async function interrupt(): Promise<void> {
    if (interrupting) return
    interrupting = true
    const stopping = running
    try {
      if (stopping?.phase === 'compiling') {
        compiler.restart()
        return
      }
      if (stopping) stopping.rejected = 0
      const settled = stopping ? stopping.done.promise : Promise.resolve()
      await interruptMain(
        main,
        stopping?.cell,
        () => stopping?.rejected ?? 0,
        settled,
        () => sayStuck(stopping?.cell),
      )
      if (!stopping) return
      main.post({ type: 'abandon', cell: stopping.cell })
      // What was printed before the interrupt stands above it.
      parts.output().flush()
      stopping.done.resolve({ failure: keyboardInterrupt() })
    } finally {
      interrupting = false
    }
  }

  function sayStuck(cell: CellId | undefined): void {
    if (cell === undefined) return
    const text =
      '■ has no effect yet: the cell is inside a native call that cannot be stopped. If it does not end, restart the kernel.\n'
    publish('stream', { name: 'stderr', text }, parentOf(cell))
  }

  return {
    enqueue(job) {
      queue.push(job)
      void work()
    },
    interrupt: () => void interrupt().catch((error: Error) => log(`interrupt failed: ${error.stack}`)),
    received(message) {
      switch (message.type) {
        case 'done':
          if (running?.cell === message.cell) running.done.resolve(message)
          return
        case 'display': {
          const { data, metadata, displayId } = message
          const transient = displayId === undefined ? {} : { display_id: displayId }
          const type = message.update ? 'update_display_data' : 'display_data'
          publish(type, { data, metadata, transient }, parentOf(message.cell))
          return
        }
        case 'clearOutput':
          publish('clear_output', { wait: message.wait }, parentOf(message.cell))
          return
        case 'stray':
          publish('error', message.failure, parentOf(message.cell))
      }
    },
    interrupted(cell, rejected) {
      if (running?.cell === cell) running.rejected = rejected
    },
    parentOf,
    current: () => running?.job,
  }
}
