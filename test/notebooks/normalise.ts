/**
 * Outputs without what differs from run to run and from machine to machine: ports above 1023, descriptors, durations,
 * dates, host names.
 *
 * Two runs of a lesson are equal when what is left is.
 */
import { hostname } from 'node:os'
import type { ICodeCell, IOutput } from '@jupyterlab/nbformat'
import { isIgnored, outputsOf, textOf } from './notebook.ts'

/** The host name in the stored outputs: lessons are run for storing on a machine called so. */
export const STORED_HOST = 'my-laptop'

const ADDRESS = String.raw`(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f:]*:[0-9a-f]*|localhost)`

/** Text without what differs. `hosts`: names of the machine it came from, if that is not this one. */
export function normaliseText(text: string, hosts: readonly string[] = []): string {
  return hostNames(text, hosts)
    .replace(new RegExp(`(${ADDRESS}'?\\]?(?::|, ))(\\d{4,5})\\b`, 'g'), (all, before, port) =>
      Number(port) > 1023 ? `${before}<port>` : all,
    )
    .replace(/\b(fd=|descriptor )\d+/g, '$1<fd>')
    .replace(/\b[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT\b/g, '<date>')
    .replace(/\b\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(\.\d+)?Z?/g, '<date>')
    .replace(/\b\d+(\.\d+)? ?(ns|µs|us|ms|s|seconds?)\b/g, '<duration>')
    .replace(/-{2,}/g, '--') // rules as wide as their column
    .replace(/ {2,}/g, ' ')
    .replace(/ +$/gm, '')
}

/** What a cell showed, as one text: streams joined, `text/plain` of results, errors by name and message. */
export function normaliseOutputs(cell: ICodeCell, hosts: readonly string[] = []): string {
  if (isIgnored(cell)) return '<ignored>'
  const parts: string[] = []
  let lastStream: string | undefined
  for (const output of outputsOf(cell)) {
    const stream = output.output_type === 'stream' ? String(output.name) : undefined
    if (stream !== undefined && stream === lastStream) parts[parts.length - 1] += textOf(output.text)
    else parts.push(shown(output))
    lastStream = stream
  }
  return normaliseText(parts.join('\n'), hosts)
}

function shown(output: IOutput): string {
  switch (output.output_type) {
    case 'stream':
      return `${output.name}: ${textOf(output.text)}`
    case 'error':
      return `error: ${output.ename}: ${output.evalue}`
    default: {
      const data = output.data as Record<string, unknown>
      return `${output.output_type} (${Object.keys(data).sort().join(', ')}): ${textOf(data['text/plain'])}`
    }
  }
}

function hostNames(text: string, others: readonly string[]): string {
  let result = text
  // Longest first: a full name contains the short one.
  const names = [STORED_HOST, hostname(), hostname().toLowerCase(), ...others]
  for (const name of names.sort((a, b) => b.length - a.length)) {
    if (name !== '') result = result.replace(new RegExp(`(?<![\\w.-])${escaped(name)}(?![\\w-])`, 'g'), '<host>')
  }
  return result
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
