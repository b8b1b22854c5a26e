/** Starts what answers on a port of the simulated internet: pages, echo (RFC 862), daytime (RFC 867). */
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { ended, type Listening, listenTcp } from './listening.ts'
import { origin } from './origin.ts'
import type { Service } from './world.ts'

/** Starts `service` of the host called `name` on a loopback address of this machine. */
export function startService(service: Service, name: string, loopback: string): Promise<Listening> {
  if (service.protocol === 'udp') return listenUdp(loopback, service.kind === 'daytime' ? daytime : (data) => data)
  switch (service.kind) {
    case 'http': {
      const web = origin(name)
      return listenTcp(loopback, (socket) => web.emit('connection', socket))
    }
    case 'http-or-echo': {
      const web = origin(name)
      return listenTcp(loopback, (socket) => httpOrEcho(web, socket))
    }
    case 'echo':
      return listenTcp(loopback, repeat)
    case 'daytime':
      return listenTcp(loopback, (socket) => socket.end(daytime()))
  }
}

function repeat(socket: Socket): void {
  socket.pipe(socket)
}

/** Decides by the first bytes, once there are enough of them to tell. */
function httpOrEcho(web: Server, socket: Socket): void {
  socket.once('data', (first) => {
    socket.pause()
    socket.unshift(first)
    if (/^(GET|HEAD|POST|PUT|DELETE|OPTIONS|PATCH) /.test(first.toString())) web.emit('connection', socket)
    else repeat(socket)
    socket.resume()
  })
  socket.once('end', () => socket.end())
}

const daytime = (): Buffer => Buffer.from(`${new Date().toUTCString()}\r\n`)

async function listenUdp(host: string, answer: (data: Buffer) => Buffer): Promise<Listening> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
  socket.on('message', (data, from) => {
    // A datagram that cannot be answered is lost, as on any network.
    socket.send(answer(data), from.port, from.address, () => {})
  })
  socket.on('error', () => {})
  socket.bind({ address: host, port: 0 })
  await once(socket, 'listening')
  socket.unref()
  return {
    real: { host, port: socket.address().port },
    async stop() {
      const closed = once(socket, 'close')
      socket.close()
      await ended(closed)
    },
  }
}
