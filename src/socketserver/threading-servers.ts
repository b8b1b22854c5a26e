/** Servers with a thread for each request. */
import { KeyboardInterrupt } from '../errors/index.ts'
import { Thread } from '../threading/index.ts'
import { type BaseServer, isClass } from './base-server.ts'
import { TCPServer, UDPServer, UnixDatagramServer, UnixStreamServer } from './servers.ts'

// biome-ignore lint/suspicious/noExplicitAny: TypeScript asks it of the constructor of a mix-in's base
type ServerClass = new (...args: any[]) => BaseServer

/** The threads that `serverClose()` waits for. Beside the servers: an exported class expression has no private parts. */
const threads = new WeakMap<BaseServer, Set<Thread>>()

/** What a server with threads has besides. */
export interface ThreadingServer {
  /** Are the threads daemons, which neither keep a plain Node program alive nor are waited for by `serverClose()`? */
  daemonThreads: boolean
  /** Does `serverClose()` wait for the threads? */
  blockOnClose: boolean
  /** What runs in a request's thread. */
  processRequestThread(request: unknown, clientAddress: unknown): Promise<void>
}

/** The class variables that its servers start with. */
export interface ThreadingServerClass {
  // biome-ignore lint/suspicious/noExplicitAny: TypeScript asks it of the constructor of a mix-in
  new (...args: any[]): ThreadingServer
  daemonThreads: boolean
  blockOnClose: boolean
}

/**
 * Makes of a class of servers one that handles each request in a thread of its own.
 *
 * @example class ChatServer extends socketserver.ThreadingMixIn(socketserver.TCPServer) {}
 */
export function ThreadingMixIn<B extends ServerClass>(Base: B): B & ThreadingServerClass {
  if (!isClass(Base)) {
    throw new TypeError(`ThreadingMixIn makes a class of a class of servers: ThreadingMixIn(socketserver.TCPServer)`)
  }
  class Threading extends Base implements ThreadingServer {
    static daemonThreads = false
    static blockOnClose = true

    daemonThreads = (this.constructor as unknown as ThreadingServerClass).daemonThreads
    blockOnClose = (this.constructor as unknown as ThreadingServerClass).blockOnClose

    async processRequestThread(request: unknown, clientAddress: unknown): Promise<void> {
      try {
        await this.finishRequest(request, clientAddress)
      } catch (error) {
        if (error instanceof KeyboardInterrupt) throw error
        await this.handleError(request, clientAddress, error)
      } finally {
        await this.shutdownRequest(request)
      }
    }

    override async processRequest(request: unknown, clientAddress: unknown): Promise<void> {
      const process_request_thread = () => this.processRequestThread(request, clientAddress)
      const thread = new Thread({ target: process_request_thread, daemon: this.daemonThreads })
      if (this.blockOnClose && !this.daemonThreads) remember(this, thread)
      thread.start()
    }

    override async serverClose(): Promise<void> {
      await super.serverClose()
      const running = threads.get(this) ?? new Set()
      for (const thread of [...running]) {
        await thread.join()
        running.delete(thread)
      }
    }
  }
  return Threading
}

/** Keeps those that still run: a server that serves for days must not gather the others. */
function remember(server: BaseServer, thread: Thread): void {
  const running = threads.get(server) ?? new Set()
  threads.set(server, running)
  for (const one of running) if (!one.isAlive()) running.delete(one)
  running.add(thread)
}

/** A TCP server with a thread for each connection. */
export class ThreadingTCPServer extends ThreadingMixIn(TCPServer) {}
/** A UDP server with a thread for each datagram. */
export class ThreadingUDPServer extends ThreadingMixIn(UDPServer) {}
/** A server on a UNIX address with a thread for each connection. */
export class ThreadingUnixStreamServer extends ThreadingMixIn(UnixStreamServer) {}
/** A server on a UNIX address with a thread for each datagram. */
export class ThreadingUnixDatagramServer extends ThreadingMixIn(UnixDatagramServer) {}
