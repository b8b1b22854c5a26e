/**
 * What clients may send, as schemas: everything from outside is parsed here once and typed from there on.
 * Defaults are those of the messaging specification. Unknown keys are let through: clients add their own.
 */
import * as z from 'zod/mini'

export const objectSchema = z.record(z.string(), z.unknown())

export const headerSchema = z.looseObject({
  msg_id: z.string(),
  session: z._default(z.string(), ''),
  username: z._default(z.string(), ''),
  date: z._default(z.string(), ''),
  msg_type: z.string(),
  version: z._default(z.string(), '5.0'),
  subshell_id: z.optional(z.nullable(z.string())),
})

const flag = (fallback: boolean) => z._default(z.boolean(), fallback)

export const requestSchemas = {
  kernel_info_request: objectSchema,
  execute_request: z.object({
    code: z.string(),
    silent: flag(false),
    store_history: flag(true),
    user_expressions: z._default(z.nullable(z.record(z.string(), z.string())), {}),
    allow_stdin: flag(false),
    stop_on_error: flag(true),
  }),
  complete_request: z.object({ code: z.string(), cursor_pos: z._default(z.number(), Number.POSITIVE_INFINITY) }),
  inspect_request: z.object({
    code: z.string(),
    cursor_pos: z._default(z.number(), Number.POSITIVE_INFINITY),
    detail_level: z._default(z.union([z.literal(0), z.literal(1)]), 0),
  }),
  is_complete_request: z.object({ code: z.string() }),
  history_request: z.object({
    output: flag(false),
    raw: flag(true),
    hist_access_type: z._default(z.enum(['range', 'tail', 'search']), 'tail'),
    session: z._default(z.number(), 0),
    start: z._default(z.nullable(z.number()), 0),
    stop: z.optional(z.nullable(z.number())),
    n: z._default(z.nullable(z.number()), 10),
    pattern: z._default(z.nullable(z.string()), '*'),
    unique: flag(false),
  }),
  comm_info_request: z.object({ target_name: z.optional(z.nullable(z.string())) }),
  shutdown_request: z.object({ restart: flag(false) }),
  interrupt_request: objectSchema,
  create_subshell_request: objectSchema,
  delete_subshell_request: z.object({ subshell_id: z.string() }),
  list_subshell_request: objectSchema,
} as const

export type RequestType = keyof typeof requestSchemas
export type RequestContent<T extends RequestType> = z.infer<(typeof requestSchemas)[T]>

export const isRequestType = (type: string): type is RequestType => Object.hasOwn(requestSchemas, type)

export const inputReplySchema = z.object({ value: z.string() })

export const connectionSchema = z.looseObject({
  transport: z._default(z.enum(['tcp', 'ipc']), 'tcp'),
  ip: z._default(z.string(), '127.0.0.1'),
  shell_port: z.number(),
  iopub_port: z.number(),
  stdin_port: z.number(),
  control_port: z.number(),
  hb_port: z.number(),
  key: z._default(z.string(), ''),
  signature_scheme: z._default(z.string(), 'hmac-sha256'),
  grading_secret: z.optional(z.string()),
})

/** JEP 66: where a launcher waits for the ports that the kernel itself has chosen. */
export const registrationSchema = z.looseObject({
  transport: z._default(z.enum(['tcp', 'ipc']), 'tcp'),
  ip: z._default(z.string(), '127.0.0.1'),
  registration_ip: z.optional(z.string()),
  registration_port: z.number(),
  key: z._default(z.string(), ''),
  signature_scheme: z._default(z.string(), 'hmac-sha256'),
})
