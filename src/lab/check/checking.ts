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
  /** Fails unless all of them are over within so many seconds (default 1). */
  allClosed(options?: { within?: number }, message?: string): Promise<void>
  /** Waits. */
  sleep(seconds: number): Promise<void>
}
