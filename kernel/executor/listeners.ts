/**
 * Event listeners belong to the cell that registered them, not to the one whose code fires the event.
 * Without this the `data` of a connection that a server accepted names no cell at all. Installed once, before cells.
 */
import { EventEmitter } from 'node:events'
import { type CellContext, cellContext } from './cell-context.ts'

// Listeners of any shape: this file passes them on and never calls them with arguments of its own.
// biome-ignore lint/suspicious/noExplicitAny: see above
type Listener = ((...args: any[]) => any) & { listener?: Listener }
type Register = (this: EventEmitter, name: string | symbol, listener: Listener) => EventEmitter

const callIn = (cell: CellContext, target: unknown, listener: Listener, args: unknown[]) =>
  cellContext.getStore() === cell
    ? Reflect.apply(listener, target, args)
    : cellContext.run(cell, () => Reflect.apply(listener, target, args))

function bindEmitters(): void {
  const prototype = EventEmitter.prototype as unknown as Record<string, Register>
  /** Wrappers of once(): they know their cell, and bound a second time they could not be taken away again. */
  const bySelf = new WeakSet<Listener>()
  for (const method of ['on', 'addListener', 'prependListener'] as const) {
    const register = prototype[method] as Register
    prototype[method] = function (name, listener) {
      const cell = cellContext.getStore()
      if (cell === undefined || typeof listener !== 'function' || bySelf.has(listener))
        return register.call(this, name, listener)
      const bound: Listener = function (this: unknown, ...args) {
        return callIn(cell, this, listener, args)
      }
      // listeners() and off() look here for the learner's own function.
      bound.listener = listener.listener ?? listener
      return register.call(this, name, bound)
    }
  }
  // As Node's own once(): through `this.on`, for a stream has an `on` of its own, which lets the data flow.
  for (const [once, on] of [
    ['once', 'on'],
    ['prependOnceListener', 'prependListener'],
  ] as const) {
    const original = prototype[once] as Register
    prototype[once] = function (name, listener) {
      if (typeof listener !== 'function') return original.call(this, name, listener)
      const cell = cellContext.getStore()
      const wrapper: Listener = (...args) => {
        this.removeListener(name, wrapper)
        return cell === undefined ? Reflect.apply(listener, this, args) : callIn(cell, this, listener, args)
      }
      wrapper.listener = listener
      bySelf.add(wrapper)
      return this[on](name, wrapper)
    }
  }
}

type EventListener = (this: unknown, event: Event) => void

function bindEventTargets(): void {
  const prototype = EventTarget.prototype
  const { addEventListener, removeEventListener } = prototype
  const wrappers = new WeakMap<object, EventListener>()
  prototype.addEventListener = function (type, listener, options) {
    const cell = cellContext.getStore()
    if (cell === undefined || !listener) return addEventListener.call(this, type, listener as EventListener, options)
    let wrapper = wrappers.get(listener)
    if (!wrapper) {
      wrapper = function (this: unknown, event: Event) {
        return cellContext.run(cell, () =>
          typeof listener === 'function' ? (listener as EventListener).call(this, event) : listener.handleEvent(event),
        )
      }
      wrappers.set(listener, wrapper)
    }
    return addEventListener.call(this, type, wrapper, options)
  }
  prototype.removeEventListener = function (type, listener, options) {
    const wrapper = listener ? (wrappers.get(listener) ?? listener) : listener
    // Registered before the cell's time, or by us: under either name it goes.
    removeEventListener.call(this, type, wrapper as EventListener, options)
    if (wrapper !== listener) removeEventListener.call(this, type, listener as EventListener, options)
  }
}

export function bindListenersToCells(): void {
  bindEmitters()
  bindEventTargets()
}
