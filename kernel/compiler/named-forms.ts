/**
 * Calls of ours that take all their arguments in one object too, as Python takes keywords: what is said of mistakes in
 * the ordinary form is not to speak of it.
 */
import ts from 'typescript'
import { callAround, type Rule } from './hints-places.ts'

/** Our forms of a call that take everything in one object. */
export const BY_NAME =
  /^\n {2}Argument of type '[^{'].*' is not assignable to parameter of type '\w+Arguments\b[^|]*'\./

/** Who gave no object did not mean the form of a call that takes one: the types that are left are shorter. */
export const withoutNamedForm = (message: string): string =>
  / type '{|^ *Object literal/m.test(message)
    ? message
    : message
        .replace(/ \| (?:Connection|Server|Into|Sendfile|Name|Struct|Predicate)Arguments(?:<[^'|]*>)?(?=['\s])/g, '')
        .replace(
          /(Argument of type ('.*') is not assignable to parameter of type ('.*')\.)\n( *)Type \2 is not assignable to type \3\.\n\4 {2}/g,
          '$1\n$4',
        )
        .replace(/ type '\((\(\) => \w+)\)'/g, " type '$1'")

/** Of a call of several arguments, one alone is taken for all of them by name. */
export const argumentsMissing: Rule = ({ message }) =>
  /to parameter of type '(?:Timer|Server|Descriptor|SendFds|RecvFds)Arguments\b[^|]*'\./.test(message)
    ? 'Arguments are missing: give all by position, or all in one object by their names.'
    : undefined

/** `reuse_port`, as Python writes it. */
export const snakeCase: Rule = ({ message }) => {
  const name = /'([a-z]+(?:_[a-z0-9]+)+)' does not exist in type '.*(?:Options|Arguments|Address)\b/.exec(message)?.[1]
  return (
    name &&
    `Names of several words are written so here: \`${name.replace(/_(.)/g, (_, c: string) => c.toUpperCase())}\`.`
  )
}

/** `conn.recv(1024, { timeout: 5 })` */
export const limitOfOneCall: Rule = ({ message, token }) => {
  if (!/'timeout' does not exist in type '(?:Flag|Into|Wait)Options'/.test(message)) return undefined
  const call = callAround(token)?.expression
  const asked =
    call && ts.isPropertyAccessExpression(call) && ts.isIdentifier(call.expression) ? call.expression.text : 'sock'
  return `A time limit is the socket's: \`${asked}.settimeout(5)\`, in seconds. One call alone ends by \`{ signal: AbortSignal.timeout(5000) }\`, in milliseconds.`
}
