/**
 * JEP 66: tells a launcher which ports the kernel has bound, and waits for its receipt.
 * Knows one request and its reply; the channels are open already.
 */
import { Request } from 'zeromq'
import { decode, encode, headerMaker } from '../protocol/codec.ts'
import type { Connection, Registration } from '../protocol/connection-file.ts'

/** A launcher that does not answer is gone: the kernel could never be found. */
const RECEIPT_MS = 10_000

/** Resolves with the receipt; rejects where none comes. */
export async function register({ endpoint }: Registration, connection: Connection): Promise<void> {
  const ipv6 = endpoint.startsWith('tcp://[')
  const socket = new Request({ linger: 0, receiveTimeout: RECEIPT_MS, sendTimeout: RECEIPT_MS, ipv6 })
  try {
    socket.connect(endpoint)
    const { shell_port, iopub_port, stdin_port, control_port, hb_port } = connection
    const content = { shell_port, iopub_port, stdin_port, control_port, hb_port }
    const header = headerMaker('kernel')('handshake_request')
    const request = { identities: [], header, parentHeader: {}, metadata: {}, content, buffers: [] }
    await socket.send(encode(request, connection.key) as (string | Buffer)[])
    const reply = decode(await socket.receive(), connection.key)
    if (reply.content.status !== 'ok') throw new Error(`it answered ${JSON.stringify(reply.content)}`)
  } catch (error) {
    throw new Error(`the launcher at ${endpoint} did not confirm the kernel's ports: ${(error as Error).message}`)
  } finally {
    socket.close()
  }
}
