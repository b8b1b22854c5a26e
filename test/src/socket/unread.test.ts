import { expect, test } from 'vitest'
import { seeded } from '../../../src/lab/random.ts'
import { Unread } from '../../../src/socket/file/unread.ts'

test('whatever pieces come and are taken, the bytes are those of one buffer', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const random = seeded(seed, 'unread')
    const upTo = (most: number) => random.integer(0, most)
    const unread = new Unread()
    let all = Buffer.alloc(0)
    for (let step = 0; step < 400; step++) {
      if (random() < 0.6) {
        // Tiny ones, and some that are not put together with others.
        const piece = random.bytes(random() < 0.8 ? upTo(50) : upTo(40_000))
        unread.add(piece)
        all = Buffer.concat([all, piece])
      } else {
        const length = random() < 0.7 ? upTo(100) : upTo(60_000)
        expect(unread.take(length).equals(all.subarray(0, length))).toBe(true)
        all = all.subarray(length)
      }
      const searched = upTo(all.length)
      const at = all.indexOf(7, searched)
      expect(unread.length).toBe(all.length)
      expect(unread.upTo(7, searched)).toBe(at < 0 ? Infinity : at + 1)
    }
  }
})
