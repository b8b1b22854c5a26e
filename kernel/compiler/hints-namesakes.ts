/**
 * What is said where a type is the namesake of another: `Event` of web pages and of threads, `Socket` of Node and of the
 * socket module. Knows the message and the place; asks for no types.
 */
import { callAround, type Rule } from './hints-places.ts'

const PAGE = 'This `Event` is that of web pages; the one of threads is `threading.Event`.'

/** The `Event` that is there without a dot is a web page's. */
export const eventOfThePage: Rule = ({ message, token }) =>
  /'(?:set|clear|wait|isSet|is_set)' does not exist on type 'Event'/.test(message) ||
  /type 'Event' is missing [^\n]* from type 'Event'/i.test(message) ||
  (/^Expected .*, but got 0/.test(message) && callAround(token)?.expression.getText() === 'Event')
    ? PAGE
    : undefined

/** `const sock: net.Socket = socket.socket()`, and the other way round: the one with events, the one with waits. */
export const socketOfNode: Rule = ({ message }) => {
  const [, missing = ''] = /Type 'Socket[^\n]* from type 'Socket[^\n]*': ([^\n]*)/.exec(message) ?? []
  if (/\b(?:destroySoon|setEncoding)\b/.test(missing))
    return "This `Socket` is that of Node's `net`; the type of these sockets is `socket.Socket`."
  return /\b(?:acceptSync|connectSync)\b/.test(missing)
    ? "It is a socket of Node's `net`, which tells of data by events; `socket.socket()` and `socket.createConnection(…)` make one whose calls are awaited."
    : undefined
}
