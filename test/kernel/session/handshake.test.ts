import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { Reply } from 'zeromq'
import { connectKernel } from '../../../kernel/client/kernel-client.ts'
import { decode, encode, headerMaker } from '../../../kernel/protocol/codec.ts'
import type { Connection } from '../../../kernel/protocol/connection-file.ts'
import { kernelArgv, resultOf, test } from '../kernel-fixture.ts'

/** Those of the loopback that this machine has. */
const addresses = ['127.0.0.1', '::1'].filter((one) => networkInterfaces().lo?.some(({ address }) => address === one))

test.for(addresses)(
  'a launcher that registers kernels (JEP 66), on %s, is told the ports, confirms, and finds the kernel there',
  async (ip) => {
    const folder = mkdtempSync(join(tmpdir(), 'socketlab-handshake-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const registration = new Reply({ linger: 0, ipv6: ip === '::1' })
    onTestFinished(() => registration.close())
    await registration.bind(ip === '::1' ? 'tcp://[::1]:*' : `tcp://${ip}:*`)
    const file = join(folder, 'registration.json')
    const given = { transport: 'tcp' as const, ip, key: 'secret', signature_scheme: 'hmac-sha256' }
    const registration_port = Number(registration.lastEndpoint?.split(':').pop())
    writeFileSync(file, JSON.stringify({ ...given, registration_port }))
    const argv = kernelArgv.map((word) => word.replace('{connection_file}', file))
    const child = spawn(argv[0]!, argv.slice(1), {
      stdio: 'inherit',
      env: { ...process.env, SOCKETLAB_HISTORY: 'off' },
    })
    onTestFinished(() => void child.kill('SIGKILL'))

    const request = decode(await registration.receive(), 'secret')
    expect(request.header.msg_type).toBe('handshake_request')
    const header = headerMaker('launcher')('handshake_reply')
    const reply = {
      identities: [],
      header,
      parentHeader: request.header,
      metadata: {},
      content: { status: 'ok' },
      buffers: [],
    }
    await registration.send(encode(reply, 'secret') as string[])

    const connection = { ...given, ...request.content } as Connection
    const client = await connectKernel(connection)
    onTestFinished(() => client.close())
    expect(resultOf((await client.execute('1 + 1')).iopub)).toBe('2')
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(connection)
  },
)

test('ports of 0 are chosen, and the connection file tells which', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'socketlab-ports-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'connection.json')
  const free = { shell_port: 0, iopub_port: 0, stdin_port: 0, control_port: 0, hb_port: 0 }
  const given = {
    transport: 'tcp',
    ip: '127.0.0.1',
    key: 'secret',
    signature_scheme: 'hmac-sha256',
    kernel_name: 'ours',
  }
  writeFileSync(file, JSON.stringify({ ...given, ...free }))
  const argv = kernelArgv.map((word) => word.replace('{connection_file}', file))
  const child = spawn(argv[0]!, argv.slice(1), { stdio: 'inherit', env: { ...process.env, SOCKETLAB_HISTORY: 'off' } })
  onTestFinished(() => void child.kill('SIGKILL'))
  const written = () => JSON.parse(readFileSync(file, 'utf8')) as Connection
  await expect.poll(() => written().hb_port, { timeout: 10_000 }).not.toBe(0)
  expect(written()).toMatchObject(given)
  const client = await connectKernel(written())
  onTestFinished(() => client.close())
  expect(resultOf((await client.execute('1 + 1')).iopub)).toBe('2')
})
