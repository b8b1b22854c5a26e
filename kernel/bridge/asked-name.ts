/** `socket.recv?` and `socket.recv??` as a whole cell: who asks so wants the documentation of a name, or its source too. */

const ASKS = /^\s*([\w$]+(?:\.[\w$]+)*)(\?{1,2})\s*$/

export interface Asked {
  name: string
  source: boolean
}

/** Undefined: the cell asks for nothing of the kind. */
export function askedName(code: string): Asked | undefined {
  const [, name, marks] = ASKS.exec(code) ?? []
  return name === undefined ? undefined : { name, source: marks === '??' }
}
