/**
 * A type that was declared again, beside what it was: does the new one do wherever the old one did? By what anybody
 * outside can see of it: private members make two classes of the same text strangers to TypeScript, which to a learner
 * who has mended a method they are not. Knows types; nothing of cells.
 */
import ts from 'typescript'

const HIDDEN = ts.ModifierFlags.Private | ts.ModifierFlags.Protected

export const isHidden = (property: ts.Symbol): boolean =>
  (property.declarations ?? []).some(
    (declaration) =>
      (ts.canHaveModifiers(declaration) && (ts.getCombinedModifierFlags(declaration) & HIDDEN) !== 0) ||
      (ts.isPropertyDeclaration(declaration) || ts.isMethodDeclaration(declaration) || ts.isAccessor(declaration)
        ? ts.isPrivateIdentifier(declaration.name)
        : false),
  )

/** The same text, wherever it is declared. */
export function sameText(a: ts.Symbol, b: ts.Symbol): boolean {
  const textOf = ({ declarations = [] }: ts.Symbol) => declarations.map((each) => each.getText()).join('\n')
  return textOf(a) === textOf(b)
}

/** What is in the way of using a type where another one was; undefined where nothing is. */
export function differenceOf(old: ts.Type, now: ts.Type, checker: ts.TypeChecker): string | undefined {
  if (checker.isTypeAssignableTo(now, old)) return undefined
  const text = (type: ts.Type) => checker.typeToString(type)
  if (!isMadeOfMembers(old, checker)) {
    const [was, is] = [old, now].map((each) => checker.typeToString(each, undefined, WHOLE)) as [string, string]
    return was === is ? undefined : `it was \`${abridged(was)}\` and is \`${abridged(is)}\``
  }
  const has = membersOf(now, checker)
  for (const property of checker.getPropertiesOfType(old)) {
    if (isHidden(property)) continue
    const name = checker.symbolToString(property)
    const mine = has.get(property.escapedName)
    if (!mine || isHidden(mine)) return `\`${name}\` is gone`
    const [was, is] = [checker.getTypeOfSymbol(property), checker.getTypeOfSymbol(mine)]
    if (text(was) !== text(is) && !checker.isTypeAssignableTo(is, was))
      return `\`${name}\` was \`${text(was)}\` and is \`${text(is)}\``
    if (mine.flags & ~property.flags & ts.SymbolFlags.Optional) return `\`${name}\` may be missing`
  }
  return undefined
}

/** By the names that the compiler has for them: `[Symbol.iterator]` is found under no other. */
const membersOf = (type: ts.Type, checker: ts.TypeChecker): Map<ts.__String, ts.Symbol> =>
  new Map(checker.getPropertiesOfType(type).map((property) => [property.escapedName, property]))

/** What a name stands for, not the name. */
const WHOLE = ts.TypeFormatFlags.InTypeAlias | ts.TypeFormatFlags.NoTruncation

const abridged = (text: string): string => (text.length > 120 ? `${text.slice(0, 119)}…` : text)

/** An object, which is told of by what is in it; no list, no function and none of several. */
function isMadeOfMembers(type: ts.Type, checker: ts.TypeChecker): boolean {
  if (type.isClassOrInterface()) return true
  if (!(type.flags & ts.TypeFlags.Object) || checker.isArrayLikeType(type)) return false
  const kinds = [ts.SignatureKind.Call, ts.SignatureKind.Construct]
  return kinds.every((kind) => checker.getSignaturesOfType(type, kind).length === 0)
}

/** The same for a class itself: how it is made, and what it has without an object. */
export function differenceOfClasses(old: ts.Symbol, now: ts.Symbol, checker: ts.TypeChecker): string | undefined {
  const [was, is] = [checker.getTypeOfSymbol(old), checker.getTypeOfSymbol(now)]
  const has = membersOf(is, checker)
  for (const property of checker.getPropertiesOfType(was)) {
    if (property.flags & ts.SymbolFlags.Prototype || isHidden(property)) continue
    const name = checker.symbolToString(property)
    const mine = has.get(property.escapedName)
    if (!mine || isHidden(mine)) return `\`${old.name}.${name}\` is gone`
    const [a, b] = [checker.getTypeOfSymbol(property), checker.getTypeOfSymbol(mine)]
    if (checker.typeToString(a) !== checker.typeToString(b) && !checker.isTypeAssignableTo(b, a))
      return `\`${old.name}.${name}\` was \`${checker.typeToString(a)}\` and is \`${checker.typeToString(b)}\``
  }
  const made = (type: ts.Type) =>
    checker.getSignaturesOfType(type, ts.SignatureKind.Construct).map((each) => checker.signatureToString(each))
  if (made(was).join('\n') !== made(is).join('\n') && !takesAsMuch(was, is, checker))
    return `\`new ${old.name}\` was \`${made(was)[0]}\` and is \`${made(is)[0]}\``
  return differenceOf(checker.getDeclaredTypeOfSymbol(old), checker.getDeclaredTypeOfSymbol(now), checker)
}

/** One more argument that may be left out does no harm. */
function takesAsMuch(was: ts.Type, is: ts.Type, checker: ts.TypeChecker): boolean {
  const [old] = checker.getSignaturesOfType(was, ts.SignatureKind.Construct)
  const [now] = checker.getSignaturesOfType(is, ts.SignatureKind.Construct)
  if (!old || !now) return false
  const types = ({ parameters }: ts.Signature) => parameters.map((each) => checker.getTypeOfSymbol(each))
  const [before, after] = [types(old), types(now)]
  return (
    before.length <= after.length &&
    before.every((type, at) => checker.isTypeAssignableTo(type, after[at] as ts.Type)) &&
    now.parameters.slice(before.length).every((each) => {
      const declaration = each.valueDeclaration
      return declaration !== undefined && ts.isParameter(declaration) && checker.isOptionalParameter(declaration)
    })
  )
}
