/** Waiting, for the other rooms of this library. */
export { type Host, host } from './host.ts'
export { interrupt, onInterrupt } from './interrupt.ts'
export { hold, release } from './keep-alive.ts'
export { sleep } from './sleep.ts'
export { currentTask, runInTask, type Task } from './task.ts'
export { startTimer, type Timer } from './timer.ts'
export { turn, turnDue, turned } from './turn.ts'
export { giveUp, Waiter, type WaitOptions, type WaitPlan } from './wait.ts'
