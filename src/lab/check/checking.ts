/** `t`, as an exercise's author sees it. Types only. */
import type { Address, InetAddress } from '../../socket/addresses.ts'
import type { AddressFamily } from '../../socket/families.ts'
import type { Socket } from '../../socket/socket.ts'
import type { Random } from '../random.ts'

/** How one case is judged. */
export interface CaseOptions {
  /** What it is worth. Cases without get an even share of what the others leave. */
  points?: number
  /** What helps, in steps: each further failed run shows one more, and `lab.hint()` does on request. */
  hint?: string | readonly string[]
  /** Seconds until it is ended as failed; default 5. */
  timeout?: number
}

/** A server of the check's own. */
export interface CheckServer {
  /** Where it listens: `[host, port]`. */
  readonly address: InetAddress
}

/** A server under test. */
export interface ServerUnderTest {
  /** Where it is: `[host, port]`, at 127.0.0.1. */
  readonly address: InetAddress
  /** Closes the socket that the function was given, as a server is ended; the case does so too. */
  close(): Promise<void>
  /** Resolves when the function has returned; what it throws fails the case. */
  ended(): Promise<void>
}

/** What a server under test is given. */
export interface ServeOptions<Args extends readonly unknown[] = readonly unknown[]> {
  /** `socket.SOCK_STREAM` (the default): a socket that listens. `socket.SOCK_DGRAM`: one that is bound. */
  type?: number
  /** Options of the socket, set before it is bound: `[[socket.SOL_SOCKET, socket.SO_SNDBUF, 20_000]]`. */
  options?: readonly (readonly [level: number, name: number, value: number | Uint8Array])[]
  /** What the function takes after the socket: plain data, or functions of cells above by their names. */
  args?: Args
}

/** What is thrown by a comparison that fails. */
export type ErrorClass = abstract new (...args: never[]) => Error

/** What a check is written with; all but `case`, `written` and `seed` are for use within a case. */
export interface Checking {
  /**
   * Adds a case. Cases run in order, each by itself, once the function given to `check` has returned.
   *
   * @example t.case("echoes once", { hint: "What does recv give?" }, async () => { … })
   */
  case(name: string, run: () => unknown): void
  case(name: string, options: CaseOptions, run: () => unknown): void
  /** Names the learner's function: while its body holds nothing but comments, there is "nothing here yet". */
  written(solution: unknown): void
  /** What the random values are made from. */
  readonly seed: string
  /** Random values, the same at every run: `t.random()` in 0..1, `.integer(1, 6)`, `.bytes(100)`, `.pick`, `.shuffle`. */
  readonly random: Random

  /** Fails unless both are the same; bytes are shown as hexdumps, text and values as differences. */
  equal(received: unknown, expected: unknown, message?: string): void
  /** Fails with this message unless the condition holds. */
  ok(condition: unknown, message: string): void
  /** Fails unless the text fits. */
  match(received: unknown, pattern: RegExp, message?: string): void
  /** Fails. */
  fail(message: string): never
  /**
   * Fails unless that throws (or rejects with) an error of this class, or with this `code` or name; resolves to the error.
   *
   * @example await t.rejects(() => dial(port), ConnectionRefusedError)
   */
  rejects(
    run: PromiseLike<unknown> | (() => unknown),
    expected: ErrorClass | string,
    message?: string,
  ): Promise<Error & { code?: string }>

  /**
   * Runs the learner's function as a server, beside the case: it is given a fresh socket that listens at a free port (or
   * a bound UDP socket) and then `args`. An error that it throws fails the case; all is closed at the case's end.
   *
   * Where work is graded by `socketlab grade run`, the function runs in the learner's process and the check in another.
   *
   * @param solution a function of a cell above, by its name
   * @throws {TypeError} the function is written in the check itself, or an argument is no plain data
   * @example
   * const { address } = await t.serve(echo)
   * const conn = await t.connect(address)
   */
  serve<Args extends readonly unknown[]>(
    solution: (server: Socket, ...args: Args) => unknown,
    options?: ServeOptions<Args>,
  ): Promise<ServerUnderTest>
  /**
   * Calls the learner's function, a client under test for one, and resolves to its result.
   *
   * Where work is graded by `socketlab grade run`, the function runs in the learner's process and the check in another.
   * Arguments and result are plain data: numbers, texts, bytes, arrays, plain objects, Map, Set, Date. They are copied.
   *
   * @param solution a function of a cell above, by its name
   * @param args what it takes; a function of a cell above may be among it
   * @throws whatever the learner's function throws, with its class, code and message
   * @throws {TypeError} the function is written in the check itself, or an argument is no plain data
   * @example
   * const { address } = await t.server((conn) => conn.sendall(bytes`hello`))
   * t.equal(await t.run(fetchAll, address), bytes`hello`)
   * await t.rejects(t.run(fetchAll, nobody), ConnectionRefusedError)
   */
  run<Args extends readonly unknown[], Result>(
    solution: (...args: Args) => Result,
    ...args: Args
  ): Promise<Awaited<Result>>

  /** Calls a TCP server, with a time limit of 2 s for each step; hung up at the end of the case. */
  connect(address: Address, options?: { timeout?: number | null }): Promise<Socket>
  /** A TCP server that gives each caller to the handler, and closes the connection after it; for judging clients. */
  server(handler: (conn: Socket, address: InetAddress) => unknown): Promise<CheckServer>
  /** A UDP socket at a free port of this machine, with a time limit of 2 s. */
  udp(): Promise<Socket<AddressFamily.AF_INET>>
  /** Two TCP sockets that are connected to each other: one for the learner's function, one for the check. */
  pair(): Promise<[near: Socket, far: Socket]>
  /**
   * Sends the pieces one by one, each when the one before has been read at the other end: none arrives together with
   * the next, however fast or slow the machine.
   */
  sendPieces(conn: Socket, pieces: readonly (Uint8Array | string)[]): Promise<void>
  /**
   * Runs the learner's function beside the case, without waiting for it; an error that it throws fails the case.
   *
   * @example t.background(() => echoServer(server))
   */
  background(run: () => unknown): void
  /** So many bytes; fewer where the other side hangs up before, or nothing more comes within the time limit. */
  receive(conn: Socket, length: number): Promise<Buffer>
  /** All that comes until the other side hangs up. */
  receiveAll(conn: Socket): Promise<Buffer>
  /** Runs it and resolves to what it printed. */
  captureOutput(run: () => unknown): Promise<string>
  /** Answers the next `input()` calls of this case. */
  answers(lines: readonly string[]): void
  /** Sockets and threads that this case has opened or started and that are not over, in words. */
  opened(): string[]
  /** Fails unless all of them are over within so many seconds (default 1), or before the case's time is up. */
  allClosed(options?: { within?: number }, message?: string): Promise<void>
  /** Waits. */
  sleep(seconds: number): Promise<void>
}
