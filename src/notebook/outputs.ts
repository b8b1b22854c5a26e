/**
 * iopub messages → a cell's outputs as a notebook stores them.
 * Knows the message types, nothing of how they arrive.
 */
import type { IOutput } from '@jupyterlab/nbformat'

interface OutputMessage {
  header: { msg_type: string }
  content: Record<string, unknown>
}

export interface OutputCollector {
  readonly outputs: IOutput[]
  receive(message: OutputMessage): void
}

/** `byDisplayId` is shared by all cells of a notebook: an update reaches the display wherever it stands. */
export function collectOutputs(byDisplayId: Map<string, IOutput[]>): OutputCollector {
  const outputs: IOutput[] = []
  /** clear_output(wait): the next output takes the others' place. */
  let clearFirst = false
  function add(output: IOutput): void {
    if (clearFirst) outputs.length = 0
    clearFirst = false
    outputs.push(output)
  }
  function remember(content: Record<string, unknown>, output: IOutput): void {
    const id = (content.transient as { display_id?: string } | undefined)?.display_id
    if (id === undefined) return
    byDisplayId.set(id, [...(byDisplayId.get(id) ?? []), output])
  }
  return {
    outputs,
    receive({ header, content }) {
      switch (header.msg_type) {
        case 'stream': {
          const last = clearFirst ? undefined : outputs.at(-1)
          if (last?.output_type === 'stream' && last.name === content.name) last.text = `${last.text}${content.text}`
          else add({ output_type: 'stream', name: content.name, text: content.text } as IOutput)
          return
        }
        case 'execute_result':
        case 'display_data': {
          const { data, metadata } = content
          const count = header.msg_type === 'execute_result' ? { execution_count: content.execution_count } : {}
          const output = { output_type: header.msg_type, data, metadata, ...count } as IOutput
          add(output)
          remember(content, output)
          return
        }
        case 'update_display_data': {
          const id = (content.transient as { display_id?: string }).display_id ?? ''
          for (const output of byDisplayId.get(id) ?? [])
            Object.assign(output, { data: content.data, metadata: content.metadata })
          return
        }
        case 'error': {
          const { ename, evalue, traceback } = content
          add({ output_type: 'error', ename, evalue, traceback } as IOutput)
          return
        }
        case 'clear_output':
          if (content.wait) clearFirst = true
          else outputs.length = 0
      }
    },
  }
}
