/** Can koffi call the C library? All sockets go through it. In a process of its own, as a broken addon may end it. */
import { askNode } from './ask-program.ts'
import { type Check, good, installAgain, wrong } from './check.ts'

const script = `
const koffi = load('koffi')
const getpid = koffi.load(null).func('int getpid()')
if (getpid() !== process.pid) throw new Error('getpid() of the C library gives ' + getpid() + ' for process ' + process.pid)
console.log(koffi.version)`

export const koffiCheck: Check = {
  id: 'koffi',
  title: 'koffi',
  async run(context) {
    const { platform, arch } = process
    if (platform !== 'linux' || (arch !== 'x64' && arch !== 'arm64'))
      return wrong(
        `sockets need Linux on x64 or arm64, this is ${platform} on ${arch}`,
        'use WSL, a container or a virtual machine',
      )
    const { ok, stdout, problem } = await askNode(script, context)
    return ok
      ? good(`${stdout.trim()} calls the C library`)
      : wrong(`cannot call the C library: ${problem}`, installAgain(context.packageRoot))
  },
}
