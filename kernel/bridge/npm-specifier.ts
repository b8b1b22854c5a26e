/**
 * `npm:lodash@4/fp`, as notebooks for Deno import packages: here the one installed beside the notebook is meant.
 * Knows nothing of where packages lie.
 */

/** `lodash/fp` of `npm:lodash@4/fp`; any other specifier as it is. The version is whichever is installed. */
export const npmPackage = (specifier: string): string =>
  specifier.replace(/^npm:\/?((?:@[^/@]+\/)?[^/@]+)(?:@[^/]*)?/, '$1')
