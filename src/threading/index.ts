/**
 * The module `threading`: tasks that run beside each other, and what they need to agree.
 *
 * Python's names; what may wait is awaited. All tasks share one event loop: they take turns at every `await`.
 */
export { Barrier, type BarrierOptions, BrokenBarrierError } from './barrier.ts'
export { Condition, type PredicateArguments } from './condition.ts'
export { Event } from './event.ts'
export { Local } from './local.ts'
export { Lock, RLock, ThreadError } from './lock.ts'
export { type AcquireArguments, type AcquireOptions, TIMEOUT_MAX, type WaitOptions } from './options.ts'
export { activeCount, currentThread, enumerate, getIdent, mainThread } from './registry.ts'
export { BoundedSemaphore, Semaphore } from './semaphore.ts'
export { Thread, type ThreadArguments, type ThreadOptions, type ThreadSettings } from './thread.ts'
export { Timer, type TimerArguments } from './timer.ts'
export { WorkerThread, type WorkerThreadOptions } from './worker-thread.ts'
