/**
 * Subshells (JEP 91): further queues for cells. What they run shares the notebook's names; while a cell of the main
 * shell awaits, theirs run. Knows their names only.
 */
import { randomUUID } from 'node:crypto'

export interface Subshells {
  create(): string
  /** False where there is none of that name. */
  delete(id: string): boolean
  list(): string[]
  has(id: string): boolean
}

export function createSubshells(): Subshells {
  const ids = new Set<string>()
  return {
    create() {
      const id = randomUUID()
      ids.add(id)
      return id
    },
    delete: (id) => ids.delete(id),
    list: () => [...ids],
    has: (id) => ids.has(id),
  }
}
