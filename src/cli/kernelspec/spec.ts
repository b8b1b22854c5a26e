/**
 * A kernelspec: what Jupyter reads to start our kernel. Made from kernel/spec/kernel.json with absolute paths, so that
 * any Jupyter of the machine can use it, in any folder and with any PATH. Knows nothing of where it is written.
 */
import { readFileSync } from 'node:fs'
import { totalmem } from 'node:os'
import { join } from 'node:path'

/** The kernel's flag for cells in JavaScript. */
const JAVASCRIPT = '--javascript'

/** Jupyter's kernel.json, as far as we write it. */
export interface KernelSpec {
  argv: string[]
  display_name: string
  language: string
  interrupt_mode: 'message' | 'signal'
  kernel_protocol_version: string
  env: Record<string, string>
  metadata: Record<string, unknown>
}

/** What differs from one installation to the next. */
export interface SpecInputs {
  packageRoot: string
  /** Absolute path of a Node that kernels run on. */
  node: string
  displayName?: string | undefined
  /** For cells in JavaScript: the same kernel, which then checks only what is certain to fail. */
  javascript?: boolean
}

/** How the JavaScript kernel is called, beside the TypeScript one. */
export const javascriptName = (name: string): string => `${name}-javascript`

/** Is it a kernelspec for JavaScript cells? */
export const isJavaScript = (argv: readonly string[]): boolean => argv.includes(JAVASCRIPT)

/** Where our kernel starts, in a package folder. */
export const kernelScript = (packageRoot: string): string => join(packageRoot, 'dist', 'kernel', 'main.cjs')

/** Where the template and the logos lie. */
export const specFolder = (packageRoot: string): string => join(packageRoot, 'kernel', 'spec')

/** Fills the template in. */
export function kernelSpec({ packageRoot, node, displayName, javascript = false }: SpecInputs): KernelSpec {
  const text = readFileSync(join(specFolder(packageRoot), 'kernel.json'), 'utf8')
  const template = JSON.parse(text) as KernelSpec
  const places: Record<string, string> = {
    '{node}': node,
    '{kernel}': kernelScript(packageRoot),
    '--max-old-space-size={heap}': `--max-old-space-size=${heapMiB()}`,
  }
  const argv = template.argv.map((argument) => places[argument] ?? argument)
  const spec = { ...template, argv, display_name: displayName ?? template.display_name }
  if (!javascript) return spec
  const name = displayName ?? template.display_name.replace('TypeScript', 'JavaScript')
  return { ...spec, argv: [...argv, JAVASCRIPT], display_name: name, language: 'javascript' }
}

/** How the sandboxed kernel is called, for programs that grade. */
export const sandboxName = (name: string): string => `${name}-sandbox`

/** The command that starts it, hidden from people. */
export const SANDBOX_COMMAND = 'sandbox-kernel'

/** The same kernel behind walls; its client must speak over `ipc`. */
export function sandboxSpec(inputs: SpecInputs): KernelSpec {
  const spec = kernelSpec(inputs)
  const cli = join(inputs.packageRoot, 'dist', 'cli.mjs')
  const name = inputs.displayName ?? spec.display_name.replace('socketlab', 'socketlab, sandbox')
  return { ...spec, argv: [inputs.node, cli, SANDBOX_COMMAND, '{connection_file}'], display_name: name }
}

/** Was this kernel.json written by us? */
export function isOurs(spec: { argv?: unknown } | undefined): boolean {
  if (!Array.isArray(spec?.argv)) return false
  const script = join('dist', 'kernel', 'main.cjs')
  const starts = spec.argv.some((part) => typeof part === 'string' && part.endsWith(script))
  return starts || spec.argv.includes(SANDBOX_COMMAND)
}

/** A quarter of the memory (or of what the container may use), at most 4 GiB: the rest is for the other notebooks. */
function heapMiB(): number {
  const limit = process.constrainedMemory()
  const bytes = limit > 0 ? Math.min(limit, totalmem()) : totalmem()
  return Math.min(4096, Math.max(256, Math.floor(bytes / 4 / 2 ** 20)))
}
