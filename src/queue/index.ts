/**
 * The module `queue`: how tasks hand work to each other. First come, first served; what may wait is awaited.
 */
export { Empty, Full, ShutDown } from './errors.ts'
export type { Comparable } from './order.ts'
export { LifoQueue, PriorityQueue, Queue } from './queue.ts'
export { SimpleQueue } from './simple-queue.ts'
export type { QueueOptions } from './waiting.ts'
