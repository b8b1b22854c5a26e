/**
 * How a kernel is started that grades: what every one of them is told, whoever its client is. Knows nothing of walls.
 */

/** No history, nothing done ahead, and nothing that a check relies on can be changed. */
export const GRADING_ENV = {
  NODE_NO_WARNINGS: '1',
  SOCKETLAB_HISTORY: 'off',
  SOCKETLAB_PRACTICE: 'off',
  SOCKETLAB_SNAPSHOT: 'off',
  SOCKETLAB_GRADING: 'on',
} as const

/** @param argv the kernel's program and arguments, with `{connection_file}` */
export function gradingCommand([program, ...words]: readonly string[], connectionFile: string): string[] {
  // A cell that signals its own process would open Node's debugger, which sees everything.
  const flags = [program as string, '--disable-sigusr1']
  return [...flags, ...words.map((word) => word.replace('{connection_file}', connectionFile))]
}
