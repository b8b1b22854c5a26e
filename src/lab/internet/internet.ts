/**
 * `lab.internet`: a small internet on this machine, for lessons that call servers, with no network at all.
 *
 * Its servers are real, on loopback ports that the system chooses; what is simulated is where names and addresses lead.
 * It plugs into the hooks of `socket` and takes itself out again.
 */
import { hooks } from '../../socket/hooks.ts'
import { outsideUnits } from '../../wait/index.ts'
import { ShownTable } from '../shown-table.ts'
import { type BlackHole, openBlackHole } from './black-hole.ts'
import { Exchange } from './exchange.ts'
import type { Listening } from './listening.ts'
import { namesOf } from './names.ts'
import { startService } from './services.ts'
import { NOBODY, type WorldHost, world } from './world.ts'

/** One line of the table of who is who. */
export interface InternetRow {
  readonly [field: string]: unknown
  readonly name: string
  readonly address: string
  readonly answers: string
  readonly note: string
}

interface Running {
  readonly blackHole: BlackHole
  readonly servers: readonly Listening[]
}

let running: Running | undefined
let last: Promise<unknown> = Promise.resolve()

/** One start or stop at a time, in the order of the calls. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const next = last.then(work)
  last = next.catch(() => {}) // its caller is told; the next one's turn comes all the same
  return next
}

/**
 * Turns the simulated internet on: from now on names and addresses lead to small servers on this machine.
 *
 * A second call changes nothing. While it is on, nothing leaves the machine: a name that is not in the table does not
 * exist, and an address outside it is unreachable.
 *
 * @returns the table of who is who, as `table()`
 * @example await lab.internet.start()
 */
export function start(): Promise<ShownTable<InternetRow>> {
  // Also where a check's case starts it: it stays until it is stopped.
  return outsideUnits(() =>
    inTurn(async () => {
      running ??= await open()
      return table()
    }),
  )
}

/** Turns it off: names and addresses lead to the real network again. Its conversations end. */
export function stop(): Promise<void> {
  return inTurn(async () => {
    if (!running) return
    const { blackHole, servers } = running
    running = undefined
    for (const hook of ['resolve', 'reverse', 'dial', 'undial'] as const) hooks[hook] = undefined
    blackHole.close()
    await Promise.all(servers.map((server) => server.stop()))
  })
}

/** Who is who: shows itself as a table, and says whether the simulated internet is on. */
export function table(): ShownTable<InternetRow> {
  const caption = running
    ? 'The simulated internet is ON: these names and addresses lead to small servers on this machine. Nothing leaves it.'
    : 'The simulated internet is OFF: names and addresses lead to the real network. lab.internet.start() would give:'
  const rows: InternetRow[] = world().map((host) => ({
    name: host.names.join(', '),
    address: host.addresses.join(', '),
    answers: answers(host),
    note: host.note,
  }))
  rows.push({ name: NOBODY, address: '', answers: '', note: 'no such name, like any that is not listed' })
  return new ShownTable(caption, ['name', 'address', 'answers', 'note'], rows)
}

function answers({ services }: WorldHost): string {
  if (services === 'silent') return 'never'
  if (services === 'system') return 'as it does'
  return services.map(({ protocol, port }) => `${protocol.toUpperCase()} ${port}`).join(', ') || 'no port'
}

async function open(): Promise<Running> {
  const hosts = world()
  const blackHole = openBlackHole()
  const exchange = new Exchange(hosts, blackHole)
  const servers: Listening[] = []
  try {
    for (const host of hosts) servers.push(...(await openHost(host, exchange)))
  } catch (error) {
    blackHole.close()
    await Promise.all(servers.map((server) => server.stop()))
    throw error
  }
  const names = namesOf(hosts)
  hooks.resolve = names.resolve
  hooks.reverse = names.reverse
  hooks.dial = (dialled, context) => exchange.dial(dialled, context)
  hooks.undial = (real, context) => exchange.undial(real, context)
  return { blackHole, servers }
}

/** Each service of a host, on each of its addresses, gets a port of its own: that is how an answer is recognised. */
async function openHost({ names, addresses, services }: WorldHost, exchange: Exchange): Promise<Listening[]> {
  if (typeof services === 'string') return []
  const started: Listening[] = []
  for (const address of addresses) {
    for (const service of services) {
      const loopback = address.includes(':') ? '::1' : '127.0.0.1'
      const listening = await startService(service, names[0]!, loopback).catch((error: NodeJS.ErrnoException) => {
        // A machine without IPv6: its IPv6 addresses are listed all the same, and found unreachable.
        if (loopback === '::1' && ['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(error.code ?? '')) return undefined
        throw error
      })
      if (!listening) continue
      started.push(listening)
      exchange.connect(service.protocol, { host: address, port: service.port }, listening.real)
    }
  }
  return started
}
