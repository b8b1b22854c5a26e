/**
 * `--stdout`: the text of a cell's outputs as it comes, for scripts. Knows the kernel's messages, nothing of notebooks.
 */
interface OutputMessage {
  header: { msg_type: string }
  content: Record<string, unknown>
}

/** Streams go to their own; results and displays by their `text/plain` to stdout; errors to stderr. */
export function printOutput({ header, content }: OutputMessage): void {
  switch (header.msg_type) {
    case 'stream':
      ;(content.name === 'stderr' ? process.stderr : process.stdout).write(String(content.text))
      return
    case 'execute_result':
    case 'display_data': {
      const text = (content.data as Record<string, unknown>)['text/plain']
      if (typeof text === 'string') process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
      return
    }
    case 'error':
      process.stderr.write(`${inColours(content.traceback as string[])}\n`)
  }
}

/** The lines of a traceback, with colours on a terminal only. */
export function inColours(traceback: readonly string[]): string {
  const text = traceback.join('\n')
  const colours = process.stderr.isTTY === true && !process.env.NO_COLOR
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with ESC
  return colours ? text : text.replace(/\u001b\[[\d;]*m/g, '')
}
