/**
 * The connection file that a client writes and a kernel reads: where the five sockets are, and the key.
 * Section "Connection files" of Jupyter's kernel documentation.
 */
import { readFileSync } from 'node:fs'
import { ProtocolError } from './protocol-error.ts'
import { connectionSchema } from './schemas.ts'

export interface Connection {
  transport: 'tcp' | 'ipc'
  ip: string
  shell_port: number
  iopub_port: number
  stdin_port: number
  control_port: number
  hb_port: number
  key: string
  signature_scheme: string
}

export type Channel = 'shell' | 'iopub' | 'stdin' | 'control' | 'hb'

export function readConnectionFile(path: string): Connection {
  let value: unknown
  try {
    value = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new ProtocolError(
      'BAD_CONNECTION_FILE',
      `cannot read the connection file ${path}: ${(error as Error).message}`,
    )
  }
  const result = connectionSchema.safeParse(value)
  if (!result.success)
    throw new ProtocolError('BAD_CONNECTION_FILE', `the connection file ${path} is wrong: ${result.error.message}`)
  if (result.data.key !== '' && result.data.signature_scheme !== 'hmac-sha256')
    throw new ProtocolError(
      'BAD_CONNECTION_FILE',
      `the signature scheme ${result.data.signature_scheme} is not known here; hmac-sha256 is`,
    )
  return result.data
}

/** ZeroMQ's name for a channel: `tcp://127.0.0.1:5001`, `ipc:///path/kernel-1`. */
export const endpoint = (connection: Connection, channel: Channel): string =>
  connection.transport === 'tcp'
    ? `tcp://${connection.ip.includes(':') ? `[${connection.ip}]` : connection.ip}:${connection[`${channel}_port`]}`
    : `ipc://${connection.ip}-${connection[`${channel}_port`]}`
