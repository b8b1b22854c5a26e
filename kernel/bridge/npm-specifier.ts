/**
 * What specifiers say of packages; `npm:lodash@4/fp`, as notebooks for Deno import them, means the one installed beside the
 * notebook. Knows nothing of where packages lie.
 */

/** `@scope/name` of `@scope/name/part`. */
export const packageOf = (path: string): string => path.split('/', path.startsWith('@') ? 2 : 1).join('/')

/** `lodash/fp` of `npm:lodash@4/fp`; any other specifier as it is. The version is whichever is installed. */
export const npmPackage = (specifier: string): string =>
  specifier.replace(/^npm:\/?((?:@[^/@]+\/)?[^/@]+)(?:@[^/]*)?/, '$1')
