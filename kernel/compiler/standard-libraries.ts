/**
 * Which of TypeScript's libraries are true of the Node that cells run in: `lib.esnext` is ahead of it, and what a cell may
 * complete and pass the check with must also be there when it runs. Knows nothing of programs.
 */

/** Parts of `lib.esnext`, and what shows that the engine has them. Others are there in every Node that the kernel takes. */
const AHEAD: Record<string, () => boolean> = {
  collection: () => 'getOrInsert' in Map.prototype,
  typedarrays: () => 'toHex' in Uint8Array.prototype,
}

// `intl`, which is there, needs the types of `temporal`, which may not be.
const ESNEXT = ['array', 'decorators', 'disposable', 'error', 'intl', 'sharedmemory', 'temporal', 'date']

export function standardLibraries(): string[] {
  const newest = Object.keys(AHEAD).filter((part) => AHEAD[part]?.())
  return ['lib.es2025.d.ts', ...[...ESNEXT, ...newest].map((part) => `lib.esnext.${part}.d.ts`)]
}
