/**
 * What clients may send, as schemas: everything from outside is parsed here once and typed from there on.
 * Defaults are those of the messaging specification. Unknown keys are let through: clients add their own; and null is
 * what some send for what they leave out.
 */
import * as z from 'zod/mini'

export const objectSchema = z.record(z.string(), z.unknown())

/** Nothing of these decides what becomes of a message: one is not lost for it. */
const told = (fallback: string) => z.catch(z._default(z.string(), fallback), fallback)

export const headerSchema = z.looseObject({
  msg_id: z.string(),
  session: told(''),
  username: told(''),
  date: told(''),
  msg_type: z.string(),
  version: told('5.0'),
  subshell_id: z.optional(z.nullable(z.string())),
})

const given = <T>(schema: z.ZodMiniType<T>, fallback: T) =>
  z.pipe(
    z.optional(z.nullable(schema)),
    z.transform((value: T | null | undefined) => value ?? fallback),
  )
const flag = (fallback: boolean) => given(z.boolean(), fallback)

export const requestSchemas = {
  kernel_info_request: objectSchema,
  execute_request: z.object({
    code: z.string(),
    silent: flag(false),
    store_history: flag(true),
    user_expressions: given(z.record(z.string(), z.string()), {}),
    allow_stdin: flag(false),
    stop_on_error: flag(true),
  }),
  complete_request: z.object({ code: z.string(), cursor_pos: given(z.number(), Number.POSITIVE_INFINITY) }),
  inspect_request: z.object({
    code: z.string(),
    cursor_pos: given(z.number(), Number.POSITIVE_INFINITY),
    detail_level: given(z.literal([0, 1]), 0),
  }),
  is_complete_request: z.object({ code: z.string() }),
  history_request: z.object({
    output: flag(false),
    raw: flag(true),
    hist_access_type: given(z.enum(['range', 'tail', 'search']), 'tail'),
    session: given(z.number(), 0),
    start: given(z.number(), 0),
    stop: z.optional(z.nullable(z.number())),
    n: z.optional(z.nullable(z.number())),
    pattern: given(z.string(), '*'),
    unique: flag(false),
  }),
  connect_request: objectSchema,
  comm_info_request: z.object({ target_name: z.optional(z.nullable(z.string())) }),
  shutdown_request: z.object({ restart: flag(false) }),
  interrupt_request: objectSchema,
  create_subshell_request: objectSchema,
  delete_subshell_request: z.object({ subshell_id: z.string() }),
  list_subshell_request: objectSchema,
  usage_request: objectSchema,
} as const

export type RequestType = keyof typeof requestSchemas
export type RequestContent<T extends RequestType> = z.infer<(typeof requestSchemas)[T]>

export const isRequestType = (type: string): type is RequestType => Object.hasOwn(requestSchemas, type)

/** `code: expected string`, for who sent it. */
export const whatIsWrong = ({ issues }: z.core.$ZodError): string =>
  issues
    .map((issue) => {
      const wanted = 'expected' in issue ? issue.expected : 'values' in issue ? issue.values.join(' or ') : undefined
      return `${issue.path.join('.') || 'it'}: ${wanted === undefined ? issue.message : `expected ${wanted}`}`
    })
    .join('; ')

/** What is no text ends the question too, as it does in ipykernel: else its cell would wait for ever. */
export const inputReplySchema = z.object({
  value: z.catch(z.pipe(z.union([z.string(), z.number(), z.boolean()]), z.transform(String)), ''),
})

const port = z
  .number()
  .check(z.refine((one) => Number.isInteger(one) && one >= 0 && one <= 65535, 'expected a port, 0 to 65535'))

export const connectionSchema = z.looseObject({
  transport: z._default(z.enum(['tcp', 'ipc']), 'tcp'),
  ip: z._default(z.string(), '127.0.0.1'),
  shell_port: port,
  iopub_port: port,
  stdin_port: port,
  control_port: port,
  hb_port: port,
  key: z._default(z.string(), ''),
  signature_scheme: z._default(z.string(), 'hmac-sha256'),
  grading_secret: z.optional(z.string()),
})

/** JEP 66: where a launcher waits for the ports that the kernel itself has chosen. */
export const registrationSchema = z.looseObject({
  transport: z._default(z.enum(['tcp', 'ipc']), 'tcp'),
  ip: z._default(z.string(), '127.0.0.1'),
  registration_ip: z.optional(z.string()),
  registration_port: port,
  key: z._default(z.string(), ''),
  signature_scheme: z._default(z.string(), 'hmac-sha256'),
})
