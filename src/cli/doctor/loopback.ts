/** Do connections over loopback work, with IPv4 and with IPv6? A server and a client of this process try it. */
import { connect, createServer } from 'node:net'
import { type Check, type Finding, good, warning, wrong } from './check.ts'

export const ipv4Check: Check = {
  id: 'ipv4',
  title: 'IPv4',
  run: ({ signal }) =>
    connects('127.0.0.1', signal, (problem) =>
      wrong(`no connection over 127.0.0.1: ${problem}`, 'sudo ip link set lo up; or ask who set up this container'),
    ),
}

export const ipv6Check: Check = {
  id: 'ipv6',
  title: 'IPv6',
  run: ({ signal }) =>
    connects('::1', signal, (problem) =>
      warning(
        `no connection over ::1: ${problem}; lessons about IPv6 cannot run`,
        'sudo sysctl net.ipv6.conf.lo.disable_ipv6=0 · in Docker: --sysctl net.ipv6.conf.all.disable_ipv6=0',
      ),
    ),
}

function connects(host: string, signal: AbortSignal, otherwise: (problem: string) => Finding): Promise<Finding> {
  return new Promise((resolve) => {
    const server = createServer({ pauseOnConnect: true })
    const end = (finding: Finding) => {
      server.close()
      resolve(finding)
    }
    const failed = (error: NodeJS.ErrnoException) => end(otherwise(error.code ?? error.message))
    signal.addEventListener('abort', () => end(otherwise('no answer')), { once: true })
    server.on('connection', (conn) => conn.destroy())
    server.once('error', failed)
    server.listen(0, host, () => {
      const { port } = server.address() as { port: number }
      const client = connect(port, host)
      client.once('error', failed)
      client.once('connect', () => {
        client.destroy()
        end(good(`connects over ${host}`))
      })
    })
  })
}
