/**
 * The stage itself: what the main thread does once the kernel can answer. Loading it makes it ready for the first cell.
 */

import { saveCode } from '../bridge/main.ts'
import type { ToMain } from '../bridge/threads.ts'
import { keepBuiltins } from './builtins.ts'
import { abandonCell, runCell, runningCell } from './cells.ts'
import { divertOutput } from './console.ts'
import { captureDescriptors } from './descriptors.ts'
import { concernsCell, hearSignals } from './ending-signals.ts'
import { tellFailedTests } from './failed-tests.ts'
import { toFailure } from './failure.ts'
import { answerInput, interruptInput } from './input.ts'
import { disposeKept } from './kept-resources.ts'
import { bindListenersToCells } from './listeners.ts'
import { notebookFolder, requireFrom } from './modules.ts'
import { explainStdin } from './nobody-types.ts'
import { findPackagesAsImport } from './node-require.ts'
import { clearOutput, commDue, heardNow, receiveComm } from './notebook-globals.ts'
import { hardenForGrading, interruptWaits, preload, takenByCheck } from './preload.ts'
import { guardProcess } from './process-guard.ts'
import { keepLoopsReachable } from './reachable-loops.ts'
import { realExit } from './real-exit.ts'
import { installStackTraces } from './stack.ts'
import { flagsAtStart, grading, post, postAtOnce, setLastWords, text } from './start-io.ts'
import { becomeUnreadable } from './unreadable.ts'
import { showWarnings } from './warnings.ts'

guardProcess((error, cell) => {
  if (!takenByCheck(error)) post({ type: 'stray', cell: cell?.cell ?? 0, failure: toFailure(error) })
})
installStackTraces()
divertOutput(() => clearOutput())
explainStdin()
showWarnings()
bindListenersToCells()
preload()
keepBuiltins()
findPackagesAsImport()
tellFailedTests()
const captured = captureDescriptors(flagsAtStart)
if (captured) {
  setLastWords(captured.pipes.log)
  postAtOnce({ type: 'captured', ...captured.pipes })
  text.keepOrder(captured.unread, () => postAtOnce({ type: 'fetch' }))
}
Object.defineProperty(globalThis, 'require', {
  get: () => requireFrom(notebookFolder),
  configurable: true,
})

// TypeScript declares it, and the decorators that it compiles give their metadata only where it is there.
if (!Reflect.has(Symbol, 'metadata'))
  Object.defineProperty(Symbol, 'metadata', { value: Symbol.for('Symbol.metadata') })

if (grading) {
  hardenForGrading()
  becomeUnreadable()
}

/** A message of the io thread. */
export function receive(message: ToMain): void {
  switch (message.type) {
    case 'ready':
      return
    case 'run':
      // Not before: whatever loads until then finds its code.
      keepLoopsReachable()
      captured?.reopen()
      runCell(message)
      return
    case 'interrupt': {
      const cell = runningCell(message.cell) ?? heardNow(message.cell)
      const tell = (rejected: number) => postAtOnce({ type: 'interrupted', cell: message.cell, rejected })
      const asked = cell ? interruptInput(cell) : 0
      // Before it is done: with some thousand waits it takes a while, which is no loop.
      if (cell) interruptWaits(cell, (waits) => tell(asked + waits))
      else tell(0)
      return
    }
    case 'ping':
      postAtOnce({ type: 'pong', serial: message.serial })
      return
    case 'abandon':
      abandonCell(message.cell)
      return
    case 'comm':
      receiveComm(message)
      return
    case 'commDue':
      commDue(message.cell)
      return
    case 'inputReply':
      answerInput(message.serial, message.value)
      return
    case 'hearSignals':
      hearSignals(message.names)
      return
    case 'signal':
      if (!concernsCell(message.name)) postAtOnce({ type: 'leave' })
      return
    case 'exit':
      saveCode()
      // The io thread ends the process where this takes too long.
      void disposeKept(() => {}).finally(() => realExit(0))
  }
}
