/**
 * Carries what a check in the judge's kernel asks of functions in the student's, and the answers: each is looked at
 * before it goes on, and a kernel that is gone or does not answer is answered for. Knows no check and no function.
 */
import * as z from 'zod'
import type { ClientMessage } from '../../../kernel/client/kernel-client.ts'
import type { Bench } from './bench.ts'

/** The comm's target, in both kernels. */
const UNDER_TEST = 'socketlab.under-test'
/** After the end of a case, until code that makes no pause is stopped. */
const PAUSE_MS = 2000
/** After that, until the sandbox is ended. */
const STOP_GRACE_MS = 5000
/** Longer is no answer of a function in an exercise. */
const LONGEST = 16 * 2 ** 20
const LINES = 100

const text = z.string().max(20_000)
const lines = z.array(text).max(LINES)
const replySchema = z.object({
  call: z.optional(z.number().int()),
  error: z.optional(
    z.object({
      classes: lines,
      name: text,
      message: text,
      fields: z.record(z.string(), z.union([text, z.number(), z.null()])),
      text,
    }),
  ),
  address: z.optional(z.tuple([z.literal('127.0.0.1'), z.number().int().min(1).max(65_535)])),
  data: z.optional(z.base64().max(LONGEST)),
  opened: z.optional(lines),
  waits: z.optional(lines),
  blocked: z.optional(z.boolean()),
})

const commSchema = z.object({ comm_id: z.string(), data: z.record(z.string(), z.unknown()) })
const questionSchema = z.looseObject({ call: z.number().int(), op: z.string() })

type Reply = z.infer<typeof replySchema>

const failed = (message: string) => ({
  error: { classes: ['Error'], name: 'Error', message, fields: {}, text: message },
})

const GONE = 'The kernel of the code under test has ended.'
const NONSENSE = 'The process of the code under test gave an answer that cannot be read.'

/** While a check runs. What the student's kernel says beyond its answers is told to `onOutput`. */
export function carry({ student, judge }: Kernels, onOutput: (message: ClientMessage) => void): { stop(): void } {
  const cases = new Map<string, OneCase>()
  let gone = false
  const undo = [
    judge.client.onIopub((message) => {
      if (message.header.msg_type === 'comm_open' && message.content.target_name === UNDER_TEST) {
        const id = String(message.content.comm_id)
        const one = new OneCase(id, { student, judge })
        if (gone) one.lost(GONE)
        cases.set(id, one)
      }
      const found = commSchema.safeParse(message.content)
      if (message.header.msg_type === 'comm_msg' && found.success)
        cases.get(found.data.comm_id)?.asked(questionSchema.parse(found.data.data))
      if (message.header.msg_type === 'comm_close') {
        const id = String(message.content.comm_id)
        cases.get(id)?.over()
        cases.delete(id)
      }
    }),
    student.client.onIopub((message) => {
      const found = commSchema.safeParse(message.content)
      const one = found.success ? cases.get(found.data.comm_id) : undefined
      if (one && message.header.msg_type === 'comm_msg') one.answered(found.data?.data)
      else if (one && message.header.msg_type === 'comm_close') one.lost(NONSENSE)
      else onOutput(message)
    }),
  ]
  void student.ended.then(() => {
    gone = true
    for (const one of cases.values()) one.lost(GONE)
  })
  return {
    stop() {
      for (const one of undo) one()
      for (const one of cases.values()) one.over()
    },
  }
}

interface Kernels extends Pick<Bench, 'student'> {
  readonly judge: NonNullable<Bench['judge']>
}

type Question = z.infer<typeof questionSchema>

/** One case of a check: a comm of the same name in each of the kernels. */
class OneCase {
  readonly #id: string
  readonly #kernels: Kernels
  /** Asked and not answered. */
  readonly #open = new Map<number, Question>()
  #lost: string | undefined
  #blocked = false
  #timer: NodeJS.Timeout | undefined

  constructor(id: string, kernels: Kernels) {
    this.#id = id
    this.#kernels = kernels
    this.#tell('comm_open', { comm_id: id, target_name: UNDER_TEST, data: {} })
  }

  asked(question: Question): void {
    this.#open.set(question.call, question)
    if (this.#lost !== undefined) {
      this.lost(this.#lost)
      return
    }
    this.#tell('comm_msg', { comm_id: this.#id, data: question })
    if (question.op === 'end') this.#timer = setTimeout(() => void this.#stopCode(question), PAUSE_MS)
  }

  answered(data: unknown): void {
    const found = replySchema.safeParse(data)
    if (!found.success) {
      for (const call of [...this.#open.keys()]) this.#reply({ ...failed(NONSENSE), call })
    } else if (found.data.call === undefined || this.#open.has(found.data.call)) this.#reply(found.data)
  }

  /** No more answers will come: each question has this one. */
  lost(why: string): void {
    this.#lost = why
    for (const { call, op } of [...this.#open.values()]) this.#reply(op === 'end' ? { call } : { ...failed(why), call })
  }

  /** The check has closed it. */
  over(): void {
    clearTimeout(this.#timer)
    this.#tell('comm_close', { comm_id: this.#id, data: {} })
  }

  #reply(reply: Reply): void {
    const question = reply.call === undefined ? undefined : this.#open.get(reply.call)
    if (reply.call !== undefined) this.#open.delete(reply.call)
    const last = question?.op === 'end'
    if (last) clearTimeout(this.#timer)
    const data = last ? { ...reply, error: undefined, ...(this.#blocked && { blocked: true }) } : reply
    void this.#kernels.judge.client.tell('comm_msg', { comm_id: this.#id, data }).catch(ignoreEnd)
  }

  /** The case is over, and its code has not come to a pause since. */
  async #stopCode(question: Question): Promise<void> {
    const { client, sandbox } = this.#kernels.student
    this.#blocked = true
    this.#timer = setTimeout(() => sandbox.kill('time'), STOP_GRACE_MS)
    try {
      await client.interrupt()
    } catch {
      return // it has ended, and that is told
    }
    clearTimeout(this.#timer)
    if (!this.#open.has(question.call)) return
    // What was stopped may have been the answer. One that does not come now is kept back, and the check goes on.
    this.#tell('comm_msg', { comm_id: this.#id, data: question })
    this.#timer = setTimeout(() => this.#reply({ call: question.call }), PAUSE_MS)
  }

  #tell(type: string, content: object): void {
    void this.#kernels.student.client.tell(type, content).catch(ignoreEnd)
  }
}

/** A kernel that has ended is told of by itself. */
const ignoreEnd = (): void => {}
