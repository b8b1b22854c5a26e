/**
 * Names that nobody else has, for displays and comms. Loads node:crypto with the first one: most notebooks
 * need none, and their first cell does not wait for it.
 */
const { getBuiltinModule } = process

export const newId = (): string => getBuiltinModule('node:crypto').randomUUID()
