/** What to do about a module that is not found. Knows the specifier, asks for no types. */
import ts from 'typescript'
import { packageOf } from '../bridge/npm-specifier.ts'
import type { Rule } from './hints-places.ts'
import { isHere } from './python-words.ts'

export const missingModule: Rule = ({ token }) => {
  if (!ts.isStringLiteral(token)) return undefined
  const [, scheme, rest = token.text] = /^(npm|jsr|https?):\/*(.*)$/.exec(token.text) ?? []
  if (isHere(token.text)) return `\`${token.text}\` is there without an import: leave the line out.`
  if (rest.startsWith('node:')) return 'Node has no module of this name.'
  if (rest.startsWith('.')) return "The path starts from the notebook's folder."
  if (scheme === 'jsr') {
    const name = packageOf(rest).replace(/(?<=.)@.*/, '')
    return `A package of JSR is added in the notebook's folder, \`npx jsr add ${name}\`, and imported from "${name}".`
  }
  return scheme?.startsWith('http')
    ? 'No code is loaded from an address: install the package in the notebook\'s folder, or save the file there and import it from "./".'
    : `If it is a package of npm, install it in the notebook's folder: \`npm install ${packageOf(rest)}\`.`
}
