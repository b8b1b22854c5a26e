/** Does ZeroMQ load, and carry a message? In a process of its own: a broken addon may end the one that loads it. */
import { askNode } from './ask-program.ts'
import { type Check, good, installAgain, wrong } from './check.ts'

const script = `
const { Pair, version } = load('zeromq')
const [a, b] = [new Pair({ linger: 0 }), new Pair({ linger: 0 })]
const within = setTimeout(() => { throw new Error('a message did not arrive') }, 4000)
a.bind('inproc://doctor').then(async () => {
  b.connect('inproc://doctor')
  await b.send('hello')
  await a.receive()
  clearTimeout(within)
  console.log(load('zeromq/package.json').version + ', libzmq ' + version)
  a.close()
  b.close()
})`

export const zeromqCheck: Check = {
  id: 'zeromq',
  title: 'ZeroMQ',
  async run(context) {
    const { ok, stdout, problem } = await askNode(script, context)
    return ok ? good(stdout.trim()) : wrong(`does not load: ${problem}`, installAgain(context.packageRoot))
  },
}
