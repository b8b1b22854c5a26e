/** `threading.Local`: each thread's own fields, by itself and with a class of one's own. */
import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import * as threading from '../../../src/threading/index.ts'
import { sleep } from '../../../src/wait/index.ts'

test('Local holds other values in each thread', async () => {
  const mine = new threading.Local<{ name: string }>()
  mine.name = 'main'
  const seen: unknown[] = []
  const thread = new threading.Thread({
    async target() {
      seen.push(mine.name, 'name' in mine)
      mine.name = 'other'
      await sleep(0)
      seen.push(mine.name, { ...mine })
    },
  })
  thread.start()
  await thread.join()
  expect(seen).toEqual([undefined, false, 'other', { name: 'other' }])
  expect(mine.name).toBe('main')
})

test("a subclass of Local: its methods serve each thread, and its constructor fills each one's fields", async () => {
  let made = 0
  class Mine extends threading.Local<{ limit: number; own: number; items: string[] }> {
    declare limit: number
    declare own: number
    override items: string[] = []

    constructor(limit: number) {
      super(limit)
      this.limit = limit
      this.own = ++made
    }

    get full(): boolean {
      return this.items.length >= this.limit
    }

    add(item: string): void {
      this.items.push(item)
    }
  }
  const mine = new Mine(2)
  mine.add('main')
  const seen: unknown[] = []
  const target = () => {
    mine.add('one')
    mine.add('two')
    seen.push([...mine.items, mine.full, mine.limit, mine.own])
  }
  for (let i = 0; i < 2; i++) {
    const thread = new threading.Thread({ target })
    thread.start()
    await thread.join()
  }
  expect(seen).toEqual([
    ['one', 'two', true, 2, 2],
    ['one', 'two', true, 2, 3],
  ])
  expect([mine.items, mine.full, mine.own, mine instanceof Mine]).toEqual([['main'], false, 1, true])
  expect(inspect(mine)).toBe("{ items: [ 'main' ], limit: 2, own: 1 }")
  expect(() => new threading.Local(1)).toThrow('Initialization arguments are not supported')
})
