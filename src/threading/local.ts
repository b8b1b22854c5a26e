/** `threading.Local`: an object whose fields each thread has for itself. */
import { currentThread, type ThreadLike } from './registry.ts'

/**
 * Makes an object that holds other values in each thread: what one thread sets, another does not see.
 *
 * @example
 * const mine = new threading.Local<{ nickname: string }>()
 * mine.nickname = 'Ada' // in this thread only
 */
export interface LocalConstructor {
  new <T extends object = Record<string, unknown>>(): Partial<T>
}

class PerThread {
  constructor() {
    const values = new WeakMap<ThreadLike, object>()
    const mine = (): object => {
      const me = currentThread()
      let own = values.get(me)
      if (!own) {
        own = {}
        values.set(me, own)
      }
      return own
    }
    // biome-ignore lint/correctness/noConstructorReturn: each access must ask which thread makes it
    return new Proxy(this, {
      get: (_, key) => Reflect.get(mine(), key),
      set: (_, key, value) => Reflect.set(mine(), key, value),
      has: (_, key) => Reflect.has(mine(), key),
      deleteProperty: (_, key) => Reflect.deleteProperty(mine(), key),
      ownKeys: () => Reflect.ownKeys(mine()),
      getOwnPropertyDescriptor: (_, key) => Reflect.getOwnPropertyDescriptor(mine(), key),
      defineProperty: (_, key, descriptor) => Reflect.defineProperty(mine(), key, descriptor),
    })
  }
}

export const Local = PerThread as unknown as LocalConstructor
