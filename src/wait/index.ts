/** Waiting, for the other rooms of this library. */
export { throwIfAborted } from './begin.ts'
export { type Channel, type Host, host } from './host.ts'
export { interrupt, onInterrupt } from './interrupt.ts'
export { hold, release } from './keep-alive.ts'
export { news, tellNews } from './news.ts'
export { checkNames, NO_WAIT } from './option-names.ts'
export { sleep } from './sleep.ts'
export { currentTask, runInTask, type Task } from './task.ts'
export { CLOCK_ENDS, startTimer, type Timer } from './timer.ts'
export { turn, turnDue, turned, turnOften, turnOverdue } from './turn.ts'
export { currentUnit, outsideUnits, runInUnit, type Unit } from './unit.ts'
export {
  dropWaits,
  giveUp,
  interrupted,
  interruptUnit,
  Waiter,
  type WaitOptions,
  type WaitPlan,
  waitsOf,
} from './wait.ts'
