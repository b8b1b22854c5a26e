/** Types of made-files.mjs. */
export function fingerprint(text: string): string
export function makeFolder(path: string, mode?: number): void
export function cacheFolder(env: NodeJS.ProcessEnv): string
export function mustBeOurs(folder: string): void
export function findMade(bundle: string, name: string): string | undefined
export function folderForMade(bundle: string): string
