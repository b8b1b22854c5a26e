/**
 * A binary heap: the least item is always first. The order of equal items is as little promised as in Python.
 */
import { lessThan } from './order.ts'

/** Adds an item. */
export function heappush<T>(heap: T[], item: T): void {
  let at = heap.length
  // Compared before it is stored: an item that cannot be compared leaves the heap as it was.
  const path: number[] = []
  while (at > 0) {
    const parent = (at - 1) >> 1
    if (!lessThan(item, heap[parent])) break
    path.push(parent)
    at = parent
  }
  let hole = heap.length
  for (const parent of path) {
    heap[hole] = heap[parent]!
    hole = parent
  }
  heap[hole] = item
}

/** Takes the least item out of a heap that is not empty. */
export function heappop<T>(heap: T[]): T {
  const least = heap[0]!
  const last = heap.pop()!
  if (heap.length === 0) return least
  let at = 0
  try {
    for (;;) {
      let child = 2 * at + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && lessThan(heap[child + 1], heap[child])) child += 1
      if (!lessThan(heap[child], last)) break
      heap[at] = heap[child]!
      at = child
    }
  } finally {
    // Also when items cannot be compared: none is lost but the one that was to leave.
    heap[at] = last
  }
  return least
}
