/** One handler a request: the table that the dispatcher looks into. */
import { unknownSubshell } from '../failures.ts'
import { complete } from './complete.ts'
import type { Handlers } from './handler.ts'
import { inspect } from './inspect.ts'
import { isComplete } from './is-complete.ts'
import { kernelInfo } from './kernel-info.ts'
import { usage } from './usage.ts'

export const handlers: Handlers = {
  kernel_info_request: kernelInfo,
  complete_request: complete,
  inspect_request: inspect,
  is_complete_request: isComplete,
  history_request: (request, { history }) => ({ status: 'ok', history: history.find(request) }),
  // Deprecated since 5.1 of the specification, and still asked for by some clients.
  connect_request(_request, { ports: { shell_port, iopub_port, stdin_port, hb_port, control_port } }) {
    return { status: 'ok', shell_port, iopub_port, stdin_port, hb_port, control_port }
  },
  comm_info_request: ({ target_name }, { comms }) => ({ status: 'ok', comms: comms.open(target_name ?? undefined) }),
  create_subshell_request: (_request, { subshells }) => ({ status: 'ok', subshell_id: subshells.create() }),
  delete_subshell_request({ subshell_id }, { subshells }) {
    return subshells.delete(subshell_id) ? { status: 'ok' } : { status: 'error', ...unknownSubshell(subshell_id) }
  },
  list_subshell_request: (_request, { subshells }) => ({ status: 'ok', subshell_id: subshells.list() }),
  // No part of the specification: ipykernel's, for jupyter-resource-usage.
  usage_request: usage,
  interrupt_request(_request, { interrupt }) {
    interrupt()
    return { status: 'ok' }
  },
  shutdown_request({ restart }, { shutdown }) {
    shutdown()
    return { status: 'ok', restart }
  },
}
