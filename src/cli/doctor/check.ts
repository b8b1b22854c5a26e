/**
 * What a check of `socketlab doctor` is: one question to this machine, answered by one finding. Knows no single check.
 */
/** `wrong` keeps the kernel from working; `warning` only a part of it, or another program. */
export type Verdict = 'good' | 'warning' | 'wrong'

export interface Finding {
  verdict: Verdict
  /** One line: what was found. */
  text: string
  /** What to do about it, a line each. */
  advice?: string[]
}

export interface Context {
  packageRoot: string
  /** The Node that kernels run on; undefined where there is none that is new enough. */
  node: string | undefined
  env: NodeJS.ProcessEnv
  /** The time is over, or somebody has pressed Ctrl-C: what a check has started must end. */
  signal: AbortSignal
}

export interface Check {
  /** For programs: never changes. */
  id: string
  title: string
  run(context: Context): Finding | Promise<Finding>
}

export const good = (text: string): Finding => ({ verdict: 'good', text })
export const warning = (text: string, ...advice: string[]): Finding => ({ verdict: 'warning', text, advice })
export const wrong = (text: string, ...advice: string[]): Finding => ({ verdict: 'wrong', text, advice })

/** For what is broken inside of this package's folder. */
export const installAgain = (packageRoot: string): string =>
  `install its packages again: in a checkout "npm run setup", else "npm install socketlab" (it lies in ${packageRoot})`
