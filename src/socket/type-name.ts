/** What Python would call a value's type: CPython's messages name types. */
export function typeName(value: unknown): string {
  if (value === null || value === undefined) return 'NoneType'
  if (typeof value === 'string') return 'str'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'bigint') return 'bigint'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float'
  if (typeof value === 'function') return 'function'
  if (Array.isArray(value)) return 'tuple'
  if (value instanceof Uint8Array) return 'bytes'
  return (value as object).constructor?.name ?? 'object'
}
