/**
 * Which task (threading.Thread) the running code belongs to. The library's waits ask; threading sets it.
 */
import { AsyncLocalStorage } from 'node:async_hooks'

/** What a wait must know about the task that makes it. */
export interface Task {
  readonly name: string
  /** Its waits do not keep a plain Node program alive. */
  readonly daemon: boolean
}

const tasks = new AsyncLocalStorage<Task>()

/** The task whose code runs now, `'main'` outside of every task. */
export const currentTask = (): Task | 'main' => tasks.getStore() ?? 'main'

/** Runs `body`, and all that it starts and awaits, as part of `task`. */
export const runInTask = <T>(task: Task, body: () => T): T => tasks.run(task, body)
