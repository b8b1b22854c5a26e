/** `threading.Local`: an object whose fields each thread has for itself. */
import { inspect } from 'node:util'
import { currentThread } from './registry.ts'
import type { Thread } from './thread.ts'

/**
 * Makes an object that holds other values in each thread: what one thread sets, another does not see.
 *
 * A subclass's methods serve every thread. Its constructor runs again in each thread that uses the object, as Python's
 * `__init__` does, with what it gave to `super(…)`.
 *
 * @example
 * const mine = new threading.Local<{ nickname: string }>()
 * mine.nickname = 'Ada' // in this thread only
 */
export interface LocalConstructor {
  // biome-ignore lint/suspicious/noExplicitAny: an object that is not told its fields takes all, of any kind
  new <T extends object = Record<string, any>>(...args: unknown[]): Partial<T>
}

class PerThread {
  constructor(...args: unknown[]) {
    const Class = new.target
    if (Class === PerThread && args.length > 0) {
      throw new TypeError('Initialization arguments are not supported: new threading.Local(), then set its fields')
    }
    // In the thread that makes it, the constructor that is running now fills it.
    const values = new WeakMap<Thread, object>([[currentThread(), {}]])
    const mine = (): object => {
      const me = currentThread()
      let own = values.get(me)
      if (!own) {
        own = {}
        values.set(me, own)
        if (Class !== PerThread) {
          Object.defineProperties(own, Object.getOwnPropertyDescriptors(Reflect.construct(Class, args)))
        }
      }
      return own
    }
    // biome-ignore lint/correctness/noConstructorReturn: each access must ask which thread makes it
    return new Proxy(this, {
      // What is no field of this thread is the class's: a method, an accessor.
      get: (methods, key, local) => {
        const own = mine()
        return Object.hasOwn(own, key) ? Reflect.get(own, key) : Reflect.get(methods, key, local)
      },
      has: (methods, key) => Object.hasOwn(mine(), key) || Reflect.has(methods, key),
      deleteProperty: (_, key) => Reflect.deleteProperty(mine(), key),
      ownKeys: () => Reflect.ownKeys(mine()),
      getOwnPropertyDescriptor: (_, key) => Reflect.getOwnPropertyDescriptor(mine(), key),
      defineProperty: (_, key, descriptor) => Reflect.defineProperty(mine(), key, descriptor),
    })
  }

  /** This thread's fields. */
  [inspect.custom](): object {
    return { ...this }
  }
}

export const Local = PerThread as unknown as LocalConstructor
