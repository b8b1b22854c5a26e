import type { Handler } from './handler.ts'

/** Does the code typed so far form whole statements? Asked by consoles before they run a line. */
export const isComplete: Handler<'is_complete_request'> = async ({ code }, { compiler }) =>
  compiler.isComplete(code).then((answer) => ({ ...answer }))
