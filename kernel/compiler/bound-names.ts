/** The names that a declaration binds, patterns taken apart. Knows nothing of where it stands. */
import ts from 'typescript'

/** `a`, `c` and `rest` of `{ a, b: [c], ...rest }`. */
export const boundIn = (name: ts.BindingName): string[] =>
  ts.isIdentifier(name)
    ? [name.text]
    : name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : boundIn(element.name)))
