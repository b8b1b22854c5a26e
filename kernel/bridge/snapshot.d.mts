/** Types of snapshot.mjs. */
export function snapshotName(bundle: string): string
export function compilerCommand(bundle: string): { command: string[]; fromSnapshot: boolean }
export function buildSnapshot(bundle: string): Promise<string>
export function fromBundle(bundle: string): string[]
export function compilerEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv
export function deepStack(): string[]
