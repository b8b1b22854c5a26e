// A kernel that is going to be killed: starts the compiler, gives it a cell for half a minute (its first one, or another
// after it), and says its process id.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

const frame = (value) => {
  const body = Buffer.from(JSON.stringify(value))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(body.length)
  return Buffer.concat([length, body])
}
const convert = (code) => frame({ id: code, request: { kind: 'convert', after: '', code, name: 'cell [1]' } })
const compiler = spawn(process.execPath, [process.argv[2]], { stdio: ['pipe', 'pipe', 'inherit'] })
const killedLater = () => {
  const looking = setInterval(() => {
    // It has asked Linux to end it with us.
    if (!readFileSync(`/proc/${compiler.pid}/maps`, 'utf8').includes('koffi')) return
    clearInterval(looking)
    compiler.stdin.write(convert(Array.from({ length: 300_000 }, (_, i) => `let v${i}: number = ${i}`).join('\n')))
    console.log(compiler.pid)
  }, 20)
}
if (process.argv[3] === 'first cell') killedLater()
else {
  compiler.stdin.write(convert('1 + 1'))
  compiler.stdout.once('data', killedLater)
}
