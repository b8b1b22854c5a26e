/**
 * Timers that a case has started, so that they can be stopped with it. Knows nothing of cases but that one runs now.
 */
import timers from 'node:timers'
import { currentUnit } from '../../wait/index.ts'

const { clearTimeout, clearInterval, clearImmediate } = globalThis
const { apply } = Reflect
const { defineProperties, getOwnPropertyDescriptors } = Object
const NAMES = ['setTimeout', 'setInterval', 'setImmediate'] as const
const CLEAR = { setTimeout: clearTimeout, setInterval: clearInterval, setImmediate: clearImmediate }

type Start = (this: unknown, ...args: unknown[]) => unknown
type Holder = Record<(typeof NAMES)[number], Start>

/** From now until `stop`, which also stops every timer that code of a unit has started meanwhile. */
export function trackTimers(): { stop(): void } {
  const started: { clear: (timer: never) => void; timer: unknown }[] = []
  const undo: (() => void)[] = []
  // The global names, and the same of node:timers.
  for (const holder of [globalThis, timers] as unknown as Holder[]) {
    for (const name of NAMES) {
      const original = holder[name]
      const tracked: Start = function (this: unknown, ...args) {
        const timer = apply(original, this, args)
        if (currentUnit()) started[started.length] = { clear: CLEAR[name], timer }
        return timer
      }
      // promisify(setTimeout) looks for a property of it.
      defineProperties(tracked, getOwnPropertyDescriptors(original))
      holder[name] = tracked
      undo[undo.length] = () => {
        if (holder[name] === tracked) holder[name] = original
      }
    }
  }
  return {
    stop() {
      for (let at = 0; at < undo.length; at++) undo[at]!()
      for (let at = 0; at < started.length; at++) started[at]!.clear(started[at]!.timer as never)
    },
  }
}
