/**
 * `accessor x = 1` in a class as a private field with getter and setter, and decorators as calls: what of TypeScript's
 * output Node does not run yet. One more pass, for the rare text that has it; and what passes over JavaScript share.
 */
import remapping from '@jridgewell/remapping'
import ts from 'typescript'
import { awaitDecorated, mayDecorate, metadataWhereTheyFit } from './decorators.ts'

/** A map through two passes: `later` starts from the text that `earlier` ends at. */
export function composed(later: string, earlier: string): string {
  // The first file asked for is what `later` came from; what that came from is the learner's own.
  return JSON.stringify(remapping(later, (_, { depth }) => (depth === 1 ? JSON.parse(earlier) : null)))
}

/** The text without the comment that TypeScript ends it with. */
export function withoutMapComment(text: string): string {
  const at = text.lastIndexOf('//# sourceMappingURL=')
  return at < 0 || text.indexOf('\n', at) >= 0 ? text : text.slice(0, at)
}

export function lowerAccessors(text: string, map: string): { text: string; map: string } {
  if (!/\baccessor\b/.test(text) && !mayDecorate(text)) return { text, map }
  const compilerOptions = {
    target: ts.ScriptTarget.ES2025,
    module: ts.ModuleKind.ESNext,
    sourceMap: true,
    newLine: ts.NewLineKind.LineFeed,
  }
  const { outputText, sourceMapText } = ts.transpileModule(text, {
    fileName: 'module.js',
    compilerOptions,
    transformers: { after: [awaitDecorated, metadataWhereTheyFit] },
  })
  return { text: withoutMapComment(outputText), map: composed(sourceMapText as string, map) }
}
