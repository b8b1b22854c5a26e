/** `npm start` in this checkout, where everything is in place: a real JupyterLab, asked over HTTP. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { root } from '../runner/paths.ts'
import { plainEnv, scratchFolder } from './run.ts'

const scratch = scratchFolder()
afterAll(() => scratch[Symbol.dispose]())

interface Lab {
  child: ChildProcess
  /** With the token, without the path. */
  origin: string
  token: string
  /** Seconds until JupyterLab itself was started. */
  ownSeconds: number
}

async function startLab(...options: string[]): Promise<Lab> {
  const own = ['CONFIG', 'DATA', 'RUNTIME'].map((kind) => [`JUPYTER_${kind}_DIR`, join(scratch.folder, kind)])
  const env = plainEnv(Object.fromEntries(own))
  const started = performance.now()
  const child = spawn(process.execPath, [join(root, 'setup', 'start.mjs'), '--no-browser', ...options], {
    env,
    cwd: '/',
  })
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM')
      await once(child, 'close')
    }
  })
  let output = ''
  let found = false
  let ownSeconds = Number.NaN
  return new Promise((resolve, reject) => {
    child.once('close', (code) => reject(new Error(`JupyterLab ended with ${code}:\n${output}`)))
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (piece: string) => {
        output += piece
        if (Number.isNaN(ownSeconds) && output.includes('starting JupyterLab'))
          ownSeconds = (performance.now() - started) / 1000
        const [, origin, token] = /(http:\/\/127\.0\.0\.1:\d+)\/lab\S*\?token=(\w+)/.exec(output) ?? []
        if (!origin || !token || found) return
        found = true
        resolve(listening({ child, origin, token, ownSeconds }))
      })
  })
}

/** JupyterLab prints its address just before it listens: asked until it does, or has ended. */
async function listening(lab: Lab): Promise<Lab> {
  for (;;) {
    try {
      await ask(lab, 'status')
      return lab
    } catch (error) {
      if (lab.child.exitCode !== null || !isRefused(error)) throw error
      await setImmediate()
    }
  }
}

const isRefused = (error: unknown) =>
  error instanceof Error && (error.cause as NodeJS.ErrnoException | undefined)?.code === 'ECONNREFUSED'

const ask = async ({ origin, token }: Lab, path: string) =>
  (await fetch(`${origin}/api/${path}`, { headers: { authorization: `token ${token}` } })).json()

test('JupyterLab comes up on the notebooks with our kernel as the first choice', { timeout: 60_000 }, async () => {
  const lab = await startLab('--port', '0')
  expect(lab.ownSeconds).toBeLessThan(1)
  expect(await ask(lab, 'kernelspecs')).toMatchObject({
    default: 'socketlab',
    kernelspecs: { socketlab: { spec: { display_name: 'TypeScript (socketlab)' } } },
  })
  const { content } = (await ask(lab, 'contents/')) as { content: { name: string }[] }
  expect(content.map(({ name }) => name)).toContain('lessons')
})

test('told to end, it ends JupyterLab and hands its exit code on', { timeout: 60_000 }, async () => {
  const lab = await startLab('--port', '0')
  lab.child.kill('SIGTERM')
  expect(await once(lab.child, 'close')).toEqual([0, null])
  await expect(ask(lab, 'status')).rejects.toThrow()
})

test('a port that is taken: JupyterLab takes another and prints its address', { timeout: 60_000 }, async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const lab = await startLab('--port', String(port))
  expect(lab.origin).not.toContain(`:${port}`)
  expect(await ask(lab, 'status')).toHaveProperty('started')
})

test('an option that JupyterLab does not know ends with its own message and code', { timeout: 60_000 }, async () => {
  await expect(startLab('--no-such-option')).rejects.toThrow(/ended with [1-9]/)
})
