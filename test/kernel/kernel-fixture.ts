/**
 * `kernel`: a real kernel process, driven over ZeroMQ; one for all tests of a file. `freshKernel()` starts another.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { test as base } from 'vitest'
import { type Kernel, startKernel } from '../../kernel/client/kernel.ts'
import type { KernelProcessOptions } from '../../kernel/client/kernel-process.ts'
import type { Message } from '../../kernel/protocol/messages.ts'
import { kernelSpec } from '../../src/cli/kernelspec/spec.ts'
import { root } from '../runner/paths.ts'

export { root }

/** As Jupyter starts it: every flag counts. */
export const kernelArgv = kernelSpec({ packageRoot: root, node: process.execPath }).argv

/** The environment of a kernel that grades. */
export const gradingEnv = { ...process.env, SOCKETLAB_GRADING: 'on' }

type StartKernel = (options?: Partial<KernelProcessOptions> & { heapMiB?: number }) => Promise<Kernel>

// biome-ignore-start lint/correctness/noEmptyPattern: vitest reads from the pattern which other fixtures are needed
export const test = base
  .extend('kernel', { scope: 'file' }, async ({}, { onCleanup }): Promise<Kernel> => {
    const kernel = await startKernel({ argv: kernelArgv })
    onCleanup(() => kernel.stop())
    return kernel
  })
  .extend('freshKernel', async ({}, { onCleanup }): Promise<StartKernel> => {
    const started: Kernel[] = []
    onCleanup(async () => {
      for (const kernel of started) await kernel.stop()
    })
    return async ({ heapMiB, ...options } = {}) => {
      const flags = heapMiB === undefined ? [] : [`--max-old-space-size=${heapMiB}`]
      // Behind the spec's own: V8 takes the last word.
      const argv = kernelArgv.flatMap((word) => (word.endsWith('main.cjs') ? [...flags, word] : [word]))
      const kernel = await startKernel({ argv, ...options })
      started.push(kernel)
      return kernel
    }
  })
// biome-ignore-end lint/correctness/noEmptyPattern: see above

/** The processes that a kernel has started itself: in a new one its compiler, which may still be on its way. */
export const childrenOf = ({ process: { child } }: Kernel): number[] =>
  readdirSync(`/proc/${child.pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${child.pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  )

type AnyMessage = Message<Record<string, unknown>>

/** `status:busy`, `stream:stdout`, `error`: enough to tell an order of messages. */
export const typeOf = ({ header, content }: AnyMessage): string => {
  const detail = content.execution_state ?? (header.msg_type === 'stream' ? content.name : undefined)
  return detail === undefined ? header.msg_type : `${header.msg_type}:${detail}`
}

export const textOf = (iopub: readonly AnyMessage[], name = 'stdout'): string =>
  iopub
    .filter(({ header, content }) => header.msg_type === 'stream' && content.name === name)
    .map(({ content }) => content.text)
    .join('')

/** text/plain of the cell's result; undefined where it has none. */
export const resultOf = (iopub: readonly AnyMessage[]): unknown =>
  (
    iopub.find(({ header }) => header.msg_type === 'execute_result')?.content.data as
      | Record<string, unknown>
      | undefined
  )?.['text/plain']

/** Resolves with the first iopub message that fits; for what comes after a cell's end. */
export function nextIopub(kernel: Kernel, fits: (message: AnyMessage) => boolean): Promise<AnyMessage> {
  return new Promise((resolve) => {
    const stop = kernel.onIopub((message) => {
      if (!fits(message)) return
      stop()
      resolve(message)
    })
  })
}

/** A traceback as a reader sees it, without colours. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the colours begin with ESC
export const plain = (lines: unknown): string => (lines as string[]).join('\n').replace(/\u001b\[\d+m/g, '')
