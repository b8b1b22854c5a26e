/**
 * A kernel that grades is closed to what forges points, and to nothing that honest work does: these cells show the same
 * in it and in a student's own.
 */
import { describe, expect } from 'vitest'
import { gradingEnv, test, textOf } from '../../kernel/kernel-fixture.ts'

const HONEST: Readonly<Record<string, string>> = {
  'more than eight megabytes received': `const [a, b] = socket.socketpair()
const counted = (async () => {
  let count = 0
  for (let data = await b.recv(65536); data.length > 0; data = await b.recv(65536)) count += data.length
  return count
})()
for (let n = 0; n < 400; n++) await a.sendall(Buffer.alloc(65536))
a.close()
console.log(await counted)`,
  'an error of its own with a name': `class ChatError extends ConnectionError {
  constructor(message: string) {
    super(message)
    this.name = "ChatError"
  }
}
const error = new ChatError("gone")
console.log(String(error), error.name, Object.keys(error), new ConnectionError("x").name, error instanceof OSError)`,
  'an error that is added to': `try {
  await socket.createConnection(["127.0.0.1", 1])
} catch (error) {
  if (!(error instanceof OSError)) throw error
  error.message = "my server is not there"
  error.name = "Oh"
  console.log(String(error), error.code)
}`,
  'a method for one object': `const thread = new threading.Thread()
thread.run = async () => console.log("ran")
thread.start()
await thread.join()
const sock = socket.socket()
sock.recv = async () => bytes\`own\`
console.log(String(await sock.recv(3)), Object.keys(sock))`,
  'a class of its own': `class Counting extends queue.Queue<number> {
  override put = async (item: number) => console.log("put", item)
}
await new Counting().put(3)
class Upper extends socketserver.StreamRequestHandler {
  override async handle() { await this.wfile.write(Buffer.from("HI")) }
}
using server = new socketserver.ThreadingTCPServer(["127.0.0.1", 0], Upper)
server.handleError = async () => {}
const serving = server.serveForever()
using conn = await socket.createConnection(server.serverAddress)
console.log(String(await conn.recv(10)))
await server.shutdown()`,
}

describe.each(Object.entries(HONEST))('%s', (_, cell) => {
  test('as in a notebook', async ({ kernel, freshKernel }) => {
    const grading = await freshKernel({ env: gradingEnv })
    const [own, graded] = [await kernel.execute(cell), await grading.execute(cell)]
    expect(own.reply.content).toMatchObject({ status: 'ok' })
    expect(graded.reply.content).toMatchObject({ status: 'ok' })
    expect(textOf(own.iopub)).not.toBe('')
    expect(textOf(graded.iopub)).toBe(textOf(own.iopub))
  })
})
