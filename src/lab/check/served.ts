/**
 * A learner's function at work in this process: a socket made for it, or called with data that could have come from
 * anywhere. Both the notebook and the process that is judged from outside call it here. Knows nothing of cases.
 */
import type { InetAddress } from '../../socket/addresses.ts'
import { createServer } from '../../socket/create.ts'
import { AddressFamily, SocketKind } from '../../socket/families.ts'
import { socket as makeSocket, type Socket } from '../../socket/socket.ts'

export type SocketOption = readonly [level: number, name: number, value: number | Uint8Array]

/** What the socket is to be like. */
export interface ServePlan {
  readonly type: number
  readonly options: readonly SocketOption[]
}

// biome-ignore lint/suspicious/noExplicitAny: a learner's function, of any parameters
export type Learners = (...args: any[]) => unknown

/** A TCP socket that listens, or a UDP socket that is bound: at a free port of this machine. */
function serverSocket({ type, options }: ServePlan): Socket<AddressFamily.AF_INET> {
  if (type !== SocketKind.SOCK_DGRAM && options.length === 0) return createServer(['127.0.0.1', 0])
  const server = makeSocket(AddressFamily.AF_INET, type as SocketKind)
  for (const [level, name, value] of options) server.setsockopt(level, name, value as number)
  server.bind(['127.0.0.1', 0])
  if (type !== SocketKind.SOCK_DGRAM) server.listen()
  return server
}

/** A learner's server at work. */
export interface Serving {
  readonly server: Socket<AddressFamily.AF_INET>
  readonly address: InetAddress
  /** Resolves when the function has returned or thrown. */
  readonly ended: Promise<void>
}

/** Starts the function beside everything else; tells of what it throws. */
export function startServing(
  solution: Learners,
  plan: ServePlan,
  args: readonly unknown[],
  onError: (error: unknown) => void,
): Serving {
  const server = serverSocket(plan)
  const address = server.getsockname()
  const attempt = async () => {
    try {
      await solution(server, ...args)
    } catch (error) {
      onError(error)
    }
  }
  return { server, address, ended: attempt() }
}
