/**
 * A number that is another one as soon as something may have come: after each call of the event loop, and after
 * whatever this program's own sockets have done that another socket may see. Two looks at it tell "nothing since then".
 *
 * Knows nothing of sockets. What other processes, threads and libraries do in between is not counted: a wait for the
 * event loop learns of that.
 */
let latest = 1

/** To be kept, and compared with a later one. Never 0. */
export const news = (): number => latest

/** Something may have come. */
export function tellNews(): void {
  latest++
}
