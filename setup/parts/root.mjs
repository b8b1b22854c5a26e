/**
 * Where things lie in this checkout. Everything in setup/ finds its way from here, never from the current folder.
 */
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that package.json is in: a checkout, or the package inside somebody's node_modules. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..')

/** @param {string[]} parts */
export const inRoot = (...parts) => join(root, ...parts)
