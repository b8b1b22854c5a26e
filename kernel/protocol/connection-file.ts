/**
 * The connection file that a client writes and a kernel reads: where the five sockets are, and the key.
 * Section "Connection files" of Jupyter's kernel documentation.
 */
import { readFileSync } from 'node:fs'
import { ProtocolError } from './protocol-error.ts'
import { connectionSchema, registrationSchema, whatIsWrong } from './schemas.ts'

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
  /** For a kernel that grades: what the checks' results are signed with. Such a file is removed once it is read. */
  grading_secret?: string
}

export type Channel = 'shell' | 'iopub' | 'stdin' | 'control' | 'hb'

/** What a launcher gives that wants to be told the ports (JEP 66), instead of choosing them. */
export interface Registration {
  /** ZeroMQ's name of the socket where it waits. */
  endpoint: string
}

export interface ConnectionFile {
  /** Ports are 0 where the kernel is to choose. */
  connection: Connection
  registration?: Registration
}

export function readConnectionFile(path: string): ConnectionFile {
  const wrong = (why: string) => new ProtocolError('BAD_CONNECTION_FILE', why)
  let value: unknown
  try {
    value = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw wrong(`cannot read the connection file ${path}: ${(error as Error).message}`)
  }
  const asked = registrationSchema.safeParse(value)
  const result = asked.success ? asked : connectionSchema.safeParse(value)
  if (!result.success) throw wrong(`the connection file ${path} is wrong: ${whatIsWrong(result.error)}`)
  const { key, signature_scheme } = result.data
  if (key !== '' && signature_scheme !== 'hmac-sha256')
    throw wrong(`the signature scheme ${signature_scheme} is not known here; hmac-sha256 is`)
  if (!asked.success) return { connection: result.data as Connection }
  const { transport, ip, registration_ip = ip, registration_port } = asked.data
  const ports = { shell_port: 0, iopub_port: 0, stdin_port: 0, control_port: 0, hb_port: 0 }
  return {
    connection: { transport, ip, ...ports, key, signature_scheme },
    registration: { endpoint: address(transport, registration_ip, registration_port) },
  }
}

/** `tcp://127.0.0.1:5001`, `ipc:///path/kernel-1`; port 0: any that is free. */
const address = (transport: 'tcp' | 'ipc', ip: string, port: number): string =>
  transport === 'tcp' ? `tcp://${ip.includes(':') ? `[${ip}]` : ip}:${port || '*'}` : `ipc://${ip}-${port}`

/** Is there a port of 0, which the kernel chooses? */
export const hasFreePorts = (connection: Connection): boolean =>
  (['shell', 'iopub', 'stdin', 'control', 'hb'] as const).some((channel) => connection[`${channel}_port`] === 0)

/** ZeroMQ's name for a channel. */
export const endpoint = (connection: Connection, channel: Channel): string =>
  address(connection.transport, connection.ip, connection[`${channel}_port`])

/** ZeroMQ opens sockets of IPv6 only where it is told to; told so for nothing, it needs IPv6 for addresses of IPv4 too. */
export const isIPv6 = ({ transport, ip }: Pick<Connection, 'transport' | 'ip'>): boolean =>
  transport === 'tcp' && ip.includes(':')
