/**
 * What is said where a name that is there in every notebook, `socket` or `bytes`, is declared once more and hides the one
 * that is meant. Knows the message and the code at the place; asks for no types.
 */
import ts from 'typescript'
import { isOfModule } from './hints-members.ts'
import { askedOf, type Rule, word } from './hints-places.ts'

/** What the learner's own may be called instead. */
const INSTEAD: Record<string, string> = {
  socket: 'sock',
  struct: 'format',
  threading: 'thread',
  queue: 'jobs',
  select: 'ready',
  selectors: 'selector',
  socketserver: 'server',
  bytes: 'data',
  input: 'line',
  repr: 'text',
  sleep: 'pause',
}

export const isThere = (name: string): boolean => Object.hasOwn(INSTEAD, name)

const declaredIn = (file: ts.SourceFile, name: string): boolean => {
  const isIt = (node: ts.Node): boolean =>
    ((ts.isVariableDeclaration(node) || ts.isBindingElement(node) || ts.isParameter(node)) &&
      word(node.name) === name) ||
    (ts.forEachChild(node, isIt) ?? false)
  return isIt(file)
}

/** `const socket = socket.socket()` */
export const hiddenInCell: Rule = ({ token }) => {
  const name = word(token) ?? ''
  return isThere(name) && declaredIn(token.getSourceFile(), name)
    ? `\`${name}\` is there already, and this cell declares another one, which hides it: call that one otherwise, for instance \`${INSTEAD[name]}\`.`
    : undefined
}

/** `socket.socket()` after a cell with `const [socket, address] = await server.accept()`; `` bytes`…` `` after `const bytes = …`. */
export const hiddenByCell: Rule = ({ message, token }) => {
  const asked = askedOf(token)
  const name = word(asked ?? token) ?? ''
  if (!isThere(name) || /typeof/.test(message)) return undefined
  if (asked ? !isOfModule(name, token.getText()) : !isCalled(token)) return undefined
  return declaredIn(token.getSourceFile(), name)
    ? `\`${name}\` is declared in this cell too, which hides the one that is meant: call it otherwise, for instance \`${INSTEAD[name]}\`.`
    : `A cell has declared another \`${name}\`, which hides the one that is meant: call it otherwise there, for instance \`${INSTEAD[name]}\`, and take this one back by \`import { ${name} } from "socketlab"\`.`
}

const isCalled = ({ parent }: ts.Node) => ts.isCallExpression(parent) || ts.isTaggedTemplateExpression(parent)
