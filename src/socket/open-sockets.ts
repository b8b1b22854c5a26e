/**
 * Every open socket of this program, with the cell that opened it: for the live table, for closing all, and for
 * saying who holds a port. A socket that is garbage-collected while open is closed here, with a ResourceWarning.
 */
import { isMainThread } from 'node:worker_threads'
import { host, type Unit } from '../wait/index.ts'
import { strAddress } from './addresses.ts'
import type { Descriptor } from './descriptor.ts'
import { SocketKind } from './families.ts'
import type { Socket } from './socket.ts'

/** Something that gives the socket while it is there. */
type Reference = Pick<WeakRef<Socket>, 'deref'>

const open = new Map<Descriptor, Reference>()

const collected = new FinalizationRegistry<Descriptor>((descriptor) => {
  if (descriptor.fd < 0) return
  const cell = host.describe(descriptor.scope)
  descriptor.observe('close', 0)
  const text = `unclosed ${descriptor.describe()}${cell ? `, opened by ${cell}` : ''}: close it, or declare it with 'using'`
  descriptor.close()
  // What a case of a check had left behind was to be closed by nobody any more: its code was ended.
  if (!descriptor.unit?.ended) host.notice(descriptor.scope, 'ResourceWarning', text)
})

/** A socket has been opened. */
export function opened(socket: Socket, descriptor: Descriptor): void {
  // A unit of work that has begun closes what it opened when it ends. Until then its sockets stay: whether a check's
  // client hangs up in the middle must not depend on when memory is tidied.
  const held = descriptor.unit !== undefined && !descriptor.unit.ended
  open.set(descriptor, held ? { deref: () => socket } : new WeakRef(socket))
  collected.register(socket, descriptor, descriptor)
}

/** It is closed, or its descriptor given away. */
export function closed(descriptor: Descriptor): void {
  open.delete(descriptor)
  collected.unregister(descriptor)
}

/** A row of the table of open sockets. */
export interface OpenSocket {
  readonly socket: Socket
  /** The cell that opened it, as `host.scope()` gave it. */
  readonly scope: unknown
  /** The unit of work in that cell, where there is one. */
  readonly unit: Unit | undefined
  readonly listening: boolean
  /** It was closed, and a file of `makefile()` keeps it open. */
  readonly closing: boolean
  /** What an observation calls `socket`. */
  readonly identity: object
  /** Where a connected socket really goes, when a dialled address was translated; otherwise undefined. */
  readonly realPeer: unknown
  /** Closes it at once, also where a file of `makefile()` would keep it open. */
  shut(): void
}

/** The sockets that are open now, oldest first. */
export function openSockets(): OpenSocket[] {
  const rows: OpenSocket[] = []
  for (const [descriptor, reference] of open) {
    const socket = reference.deref()
    if (socket === undefined) continue
    const realPeer = descriptor.dialled === undefined ? undefined : descriptor.peer()
    rows.push({
      socket,
      identity: descriptor,
      scope: descriptor.scope,
      unit: descriptor.unit,
      listening: descriptor.listening,
      closing: descriptor.closing,
      realPeer,
      shut() {
        descriptor.files = 0
        socket.close()
      },
    })
  }
  return rows
}

/** Closes them all. */
export function closeAll(): void {
  for (const one of openSockets()) one.shut()
}

// The system closes what a program leaves open; what a worker thread leaves, nobody.
if (!isMainThread) process.once('exit', closeAll)

const isEverywhere = (host: unknown): boolean => host === '' || host === '0.0.0.0' || host === '::'

/** The open sockets of ours that what is sent to an address reaches: bound to it, or to every address at its port. */
export function socketsAt(host: string, port: number): OpenSocket[] {
  return openSockets().filter(({ socket }) => {
    const local: unknown = socket.getsockname()
    return Array.isArray(local) && local[1] === port && (local[0] === host || isEverywhere(local[0]))
  })
}

/** The same of a UNIX name; '' is what sockets without a name have. */
function holderOfName(name: string): Descriptor | undefined {
  const named = name === '' ? [] : [...open.keys()].filter((descriptor) => descriptor.local() === name)
  return named.find((descriptor) => descriptor.listening) ?? named[0]
}

/** The open socket of ours that is bound to an address (or to every address at its port); listeners first. */
export function holderOf(address: unknown): Descriptor | undefined {
  if (typeof address === 'string') return holderOfName(address)
  if (!Array.isArray(address)) return undefined
  const [wantedHost, wantedPort] = address as [unknown, unknown]
  let found: Descriptor | undefined
  for (const descriptor of open.keys()) {
    // A raw socket has the number of its protocol there, and no port.
    if (descriptor.type === SocketKind.SOCK_RAW) continue
    const local = descriptor.local()
    if (!Array.isArray(local) || local[1] !== wantedPort || local[1] === 0) continue
    if (local[0] !== wantedHost && !isEverywhere(local[0]) && !isEverywhere(wantedHost)) continue
    if (descriptor.listening) return descriptor
    found ??= descriptor
  }
  return found
}

/** Is the other end of this connection one of ours that was closed, and that a file of `makefile()` keeps open? */
export function isKeptByFile(mine: Descriptor): boolean {
  const peer = mine.peer()
  if (!Array.isArray(peer)) return false
  const [there, here] = [strAddress(peer), strAddress(mine.local())]
  return [...open.keys()].some(
    (other) => other.closing && strAddress(other.local()) === there && strAddress(other.peer()) === here,
  )
}
