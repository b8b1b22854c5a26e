/** Hints about threads: what is given to `new threading.Thread({ target, args })`. */
import ts from 'typescript'
import { callAround, type Rule } from './hints-places.ts'

const threadAround = (token: ts.Node) => {
  const call = callAround(token)
  return call && /\bThread$/.test(call.expression.getText()) ? call : undefined
}

/** `target: echo()`, of which the thread gets the result. */
export const targetCalled: Rule = ({ token }) => {
  const { parent } = token
  if (!ts.isPropertyAssignment(parent) || parent.name !== token || token.getText() !== 'target') return undefined
  const { initializer } = parent
  if (!ts.isCallExpression(initializer) || !threadAround(parent.parent)) return undefined
  const given = initializer.arguments.map((each) => each.getText()).join(', ')
  const args = given ? `, args: [${given}]` : ''
  return `The target is the function itself; the thread calls it: \`target: ${initializer.expression.getText()}${args}\`, without \`()\`.`
}

/** `new threading.WorkerThread({ target: () => … })`, which no other thread could be given. */
export const workerTarget: Rule = ({ message, token }) =>
  /=> .*' is not assignable to type 'string'/.test(message) &&
  /\bWorkerThread$/.test(callAround(token)?.expression.getText() ?? '')
    ? 'A worker is a program of its own: its function stands in a file, and is named, `{ module: "./work.mjs", target: "count" }`.'
    : undefined

export const threadArguments: Rule = ({ message, token }) => {
  const call = threadAround(token)
  if (!call) return undefined
  const given = call.arguments?.[0]
  if (given && (ts.isIdentifier(given) || ts.isFunctionLike(given)) && given.getStart() === token.getStart())
    return `The function is called \`target\`: \`new threading.Thread({ target: ${word(given)} })\`.`
  // Python's `Thread(None, echo)`.
  const target = call.arguments?.find((one) => ts.isIdentifier(one) || ts.isFunctionLike(one))
  if (/^Expected /.test(message))
    return target && `A Thread is made of one object: \`new threading.Thread({ target: ${word(target)} })\`.`
  if (/Property 'args' is missing/.test(message))
    return 'The target takes parameters: give them in order, `args: [first, second]`.'
  const one = oneForList(token, message)
  if (one) return `\`args\` is a list: \`args: [${one}]\`.`
  return /element|assignable/.test(message) ? '`args` must hold, in order, what the target takes.' : undefined
}

/** `args: server`, `args: (server)`: what stands where the list belongs. */
function oneForList({ parent }: ts.Node, message: string): string | undefined {
  if (!ts.isPropertyAssignment(parent) || parent.name.getText() !== 'args') return undefined
  if (!/^Type '(?:[^[]|\[\w+: )[^']*' is not assignable to type 'readonly /.test(message)) return undefined
  let { initializer: given } = parent
  while (ts.isParenthesizedExpression(given)) given = given.expression
  return ts.isArrayLiteralExpression(given) || given.getText().length > 40 ? undefined : given.getText()
}

/** Python's `with lock:`, word by word. */
export const lockWithoutHold: Rule = ({ message, token }) => {
  const kind = /missing in type '(Lock|RLock|Condition|Semaphore|BoundedSemaphore)'/.exec(message)?.[1]
  if (!kind) return undefined
  const taken = /Semaphore/.test(kind)
    ? 'A place is taken'
    : kind === 'Condition'
      ? 'Its lock is taken'
      : 'A lock is taken'
  return `${taken} with \`await\`, and given back at the end of the block: \`using held = await ${word(token)}.hold()\`.`
}

/** `using held = await lock.acquire()`: what that gives says only whether it was taken. */
export const acquiredForUsing: Rule = ({ token }) => {
  const declaration = ts.findAncestor(token, ts.isVariableDeclaration)
  const [, lock] = /^(?:await )?([\w.$]{1,40})\.acquire\(/.exec(declaration?.initializer?.getText() ?? '') ?? []
  return (
    lock && `What is given back at the end of the block is taken by \`hold\`: \`using held = await ${lock}.hold()\`.`
  )
}

/** The same behind `await using`, where TypeScript does not tell what it found. */
export const nothingToClose: Rule = () =>
  'It has nothing to close: a Promise needs `await` of its own, and a lock is taken by `await lock.hold()`.'

const word = (node: ts.Node) => (ts.isIdentifier(node) ? node.text : '…')

/** Python's `Thread(target=echo, args=(1,))`, of which not even the brackets can be read. */
export const threadKeywords: Rule = ({ line }) => {
  const target = /\bThread\s*\(.*?\btarget\s*=\s*([\w.]+)/.exec(line)?.[1]
  if (!target) return undefined
  const args = /\bargs\s*=\s*[([](.*?),?\s*[)\]]/.exec(line)?.[1]
  const parts = `target: ${target}${args ? `, args: [${args}]` : ''}${/\bdaemon\s*=\s*[Tt]rue/.test(line) ? ', daemon: true' : ''}`
  return `A thread is made with \`new\`, and its parts stand in braces: \`new threading.Thread({ ${parts} })\`.`
}

/** The same where it could be read: `threading.Thread(target=echo)`. */
export const namedThreadParts: Rule = (mistake) => (callAround(mistake.token) ? threadKeywords(mistake) : undefined)
