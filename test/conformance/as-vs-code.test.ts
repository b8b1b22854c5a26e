/**
 * A kernel as VS Code's Jupyter extension uses it: started from the kernelspec without a Jupyter server, and spoken to
 * over ZeroMQ on TCP. Each test says what is particular about it; the extension itself is not run here.
 */
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { connectKernel } from '../../kernel/client/kernel-client.ts'
import type { Connection } from '../../kernel/protocol/connection-file.ts'
import { kernelArgv, plain, resultOf, textOf } from '../kernel/kernel-fixture.ts'

/** How the extension asks for a cell: the queue behind an error goes on, and questions are allowed. */
const cell = { silent: false, store_history: true, stop_on_error: false, allow_stdin: true }

const POLL_MS = 10

/** It chooses the ports itself, of those that are free. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, '127.0.0.1')
      await once(server, 'listening')
      return server
    }),
  )
  const ports = servers.map((server) => (server.address() as { port: number }).port)
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))))
  return ports
}

async function startedAsVsCodeDoes() {
  const folder = mkdtempSync(join(tmpdir(), 'socketlab-vs-code-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const [shell_port, iopub_port, stdin_port, control_port, hb_port] = (await freePorts(5)) as [
    number,
    number,
    number,
    number,
    number,
  ]
  const ports = { shell_port, iopub_port, stdin_port, control_port, hb_port }
  const connection: Connection = {
    transport: 'tcp',
    ip: '127.0.0.1',
    ...ports,
    key: randomUUID(),
    signature_scheme: 'hmac-sha256',
  }
  const file = join(folder, 'connection.json')
  writeFileSync(file, JSON.stringify(connection))
  const [program, ...words] = kernelArgv.map((word) => word.replace('{connection_file}', file))
  const child = spawn(program!, words, { stdio: 'pipe', env: { ...process.env, SOCKETLAB_HISTORY: 'off' } })
  onTestFinished(() => void child.kill('SIGKILL'))
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
  return { connection, child, said: () => said }
}

/** Connects again and again until somebody listens, and hangs up without a word. */
async function untilUsed(port: number): Promise<void> {
  for (let used = false; !used; ) {
    const socket = connect(port, '127.0.0.1')
    used = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    socket.destroy()
    if (!used) await pause(POLL_MS)
  }
}

async function ready() {
  const started = await startedAsVsCodeDoes()
  await untilUsed(started.connection.shell_port)
  await untilUsed(started.connection.iopub_port)
  const client = await connectKernel(started.connection)
  onTestFinished(() => client.close())
  const info = await client.request('kernel_info_request', {})
  return { ...started, client, info }
}

test('its look whether the ports are in use leaves a kernel that answers, and says nothing on its streams', async () => {
  const { client, info, said } = await ready()
  expect(info.reply.content).toMatchObject({
    status: 'ok',
    // By this name it chooses the editor's language.
    language_info: { name: 'typescript', file_extension: '.ts', mimetype: 'text/typescript' },
  })
  // It waits for any iopub message before it believes that the kernel is there.
  expect(info.iopub.map(({ content }) => content.execution_state)).toEqual(['busy', 'idle'])
  expect(resultOf((await client.execute('1 + 1', cell)).iopub)).toBe('2')
  expect(said()).toBe('')
})

test('its interrupt_request comes on the shell channel, also while a cell loops', async () => {
  const { client } = await ready()
  await client.execute('let kept = 42', cell)
  const begun = Promise.withResolvers<void>()
  const loop = client.execute('console.log("begun"); for (;;) {}', {
    ...cell,
    onMessage: ({ header }) => header.msg_type === 'stream' && begun.resolve(),
  })
  await begun.promise
  expect((await client.request('interrupt_request', {}, { channel: 'shell' })).reply.content).toEqual({ status: 'ok' })
  expect((await loop).reply.content).toMatchObject({ status: 'error', ename: 'KeyboardInterrupt' })
  expect(resultOf((await client.execute('kept', cell)).iopub)).toBe('42')
})

test('its completion asks the kernel, and takes kinds and documentation from two requests', async () => {
  const { client } = await ready()
  const code = 'socket.createServ'
  const completion = await client.request('complete_request', { code, cursor_pos: code.length })
  expect(completion.reply.content).toMatchObject({
    matches: expect.arrayContaining(['createServer']),
    metadata: {
      _jupyter_types_experimental: expect.arrayContaining([
        expect.objectContaining({ text: 'createServer', type: 'function', start: 7, end: code.length }),
      ]),
    },
  })
  const whole = 'socket.createServer'
  const inspection = await client.request('inspect_request', { code: whole, cursor_pos: whole.length, detail_level: 0 })
  expect(inspection.reply.content).toMatchObject({
    found: true,
    data: { 'text/markdown': expect.stringContaining('createServer'), 'text/plain': expect.any(String) },
  })
})

test('cells queued behind a failed one run, since it asks so; an error has its traceback in lines', async () => {
  const { client } = await ready()
  const [failed, next] = await Promise.all([
    client.execute('throw new RangeError("too far")', cell),
    client.execute('console.log("next")', cell),
  ])
  expect(failed.reply.content).toMatchObject({ status: 'error', ename: 'RangeError', evalue: 'too far' })
  const error = failed.iopub.find(({ header }) => header.msg_type === 'error')
  expect(plain(error?.content.traceback)).toContain('throw new RangeError("too far")')
  expect(textOf(next.iopub)).toBe('next\n')
})

test('start-up commands of its settings run unseen: not stored, not counted', async () => {
  const { client } = await ready()
  const hidden = { silent: false, store_history: false, stop_on_error: false, allow_stdin: true }
  await client.execute('let prepared = "by the settings"', hidden)
  const { reply, iopub } = await client.execute('prepared', cell)
  expect(reply.content).toMatchObject({ status: 'ok', execution_count: 1 })
  expect(resultOf(iopub)).toBe("'by the settings'")
})

test('it ends a kernel by a signal, also while a cell loops', async () => {
  const { client, child } = await ready()
  const begun = Promise.withResolvers<void>()
  void client
    .execute('console.log("begun"); for (;;) {}', {
      ...cell,
      onMessage: ({ header }) => header.msg_type === 'stream' && begun.resolve(),
    })
    .catch(() => {})
  await begun.promise
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
})
