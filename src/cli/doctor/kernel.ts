/** Does a kernel start, and answer? The same process that Jupyter starts, over the same protocol. */
import { existsSync } from 'node:fs'
import { kernelScript, kernelSpec } from '../kernelspec/spec.ts'
import { type Check, good, wrong } from './check.ts'

export const kernelCheck: Check = {
  id: 'kernel',
  title: 'kernel',
  async run({ packageRoot, node, env, signal }) {
    if (node === undefined) return wrong('cannot be started without a newer Node', 'see Node above')
    if (!existsSync(kernelScript(packageRoot)))
      return wrong(
        `${kernelScript(packageRoot)} is missing`,
        'run "npm run setup" in a checkout, or install socketlab again',
      )
    const started = performance.now()
    const spec = kernelSpec({ packageRoot, node })
    try {
      // Loaded here: where ZeroMQ is broken, the other checks say so.
      const { evaluateOnce } = await import('../../notebook/evaluate-once.ts')
      // Not from memory: the compiler is to be seen at work.
      const surroundings = { ...env, ...spec.env, SOCKETLAB_COMPILED_CELLS: 'off' }
      const answer = await evaluateOnce('1 + 1', { argv: spec.argv, env: surroundings, signal })
      if (answer !== '2') return wrong(`answers 1 + 1 with ${answer ?? 'nothing'}`, advice)
      return good(`starts and answers 1 + 1 after ${((performance.now() - started) / 1000).toFixed(1)} s`)
    } catch (error) {
      if (signal.aborted) throw error
      return wrong(`does not answer: ${(error as Error).message.split('\n').slice(0, 3).join(' ')}`, advice)
    }
  },
}

const advice =
  'mend what else is wrong here first; SOCKETLAB_LOG=/path/to/file socketlab doctor  keeps what the kernel does'
