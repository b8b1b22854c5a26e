/** Types of lock.mjs, which is plain JavaScript because set-up runs before anything is built. */
export function withLock<T>(
  path: string,
  work: () => Promise<T>,
  options?: { onWait?: (owner: string) => void },
): Promise<T>
