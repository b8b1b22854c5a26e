/**
 * The compiler process: requests of compiler-api.ts come as frames over stdin (or the socket of early-call.ts or
 * given-socket.ts), answers leave in the same order. It ends when that closes, so it never outlives the kernel, and ■
 * does not concern it.
 * Run by `node --build-snapshot`, it makes a start-up snapshot of itself that has read the libraries already.
 */
import type { Readable, Writable } from 'node:stream'
import { startupSnapshot } from 'node:v8'
import type { Answer, Answered, Asked, CompilerRequest } from '../bridge/compiler-api.ts'
import { encodeFrame, frameReader } from '../bridge/compiler-framing.ts'
import { callKernel } from '../bridge/early-call.ts'
import { givenSocket, SOCKET_AT } from '../bridge/given-socket.ts'
import { createCompiler } from './compiler.ts'
import { decorators } from './decorators.ts'
import { takeDiskReads } from './disk-reads.ts'
import { endWithKernel } from './end-with-kernel.ts'
import { collectWhenIdle } from './idle.ts'
import { isComplete } from './is-complete.ts'
import { foreign } from './living-host.ts'
import { practiseWhenIdle } from './practice.ts'
import { forgetRejected } from './rejected-cells.ts'
import { language } from './strictness.ts'
import { warmUp } from './warm-up.ts'
import { forgetCells } from './wording.ts'

function serve(): void {
  process.on('SIGINT', () => {})
  // tslab's converter writes a warning or two to the console, which is our pipe.
  console.log = console.warn = console.error
  language.javascript = process.argv.includes('--javascript')
  let compiler = createCompiler()
  function forget(): boolean {
    if (foreign.loaded) return false
    compiler.close()
    compiler = createCompiler()
    forgetCells()
    forgetRejected()
    decorators.legacy = false
    return true
  }
  const answer = (request: CompilerRequest): Answer => {
    switch (request.kind) {
      case 'convert':
        return { ...compiler.convert(request), reads: takeDiskReads() }
      case 'complete':
        return compiler.complete(request)
      case 'inspect':
        return compiler.inspect(request)
      case 'isComplete':
        return isComplete(request.code)
      case 'keepStill':
        return {}
      case 'forget':
        return { forgotten: forget() }
    }
  }
  const asked = [collectWhenIdle(), practiseWhenIdle(compiler)]
  function listen(input: Readable, output: Writable): void {
    const read = frameReader((frame) => {
      const { id, request } = frame as Asked
      output.write(encodeFrame({ id, answer: answer(request) } satisfies Answered))
      for (const note of asked) note()
    })
    // Soon, but not while the first cell waits: before it where it lets that much time pass, after it otherwise.
    let soon = setTimeout(endWithKernel, 300).unref()
    input.once('data', () => {
      clearTimeout(soon)
      soon = setTimeout(endWithKernel, 500).unref()
    })
    input.on('data', read)
    // The kernel is gone, or no longer listens.
    input.on('end', () => process.exit(0))
    output.on('error', () => process.exit(0))
  }
  const given = givenSocket(SOCKET_AT)
  if (given) listen(given, given)
  else if (!callKernel((socket) => listen(socket, socket))) listen(process.stdin, process.stdout)
}

if (startupSnapshot.isBuildingSnapshot()) {
  warmUp(createCompiler())
  startupSnapshot.setDeserializeMainFunction(serve)
} else serve()
