/** Names that pass the check, and that the Node below does not have. */
import ts from 'typescript'
import { expect } from 'vitest'
import { standardLibraries } from '../../../kernel/compiler/standard-libraries.ts'
import { MAY_BE_MISSING } from '../../../kernel/executor/missing-globals.ts'
import { root } from '../compiler/client.ts'
import { plain, test } from '../kernel-fixture.ts'

test('what this Node lacks is said so where a cell uses it', async ({ kernel }) => {
  for (const name of MAY_BE_MISSING) {
    const { reply } = await kernel.execute(`void ${name}`)
    const shown = 'traceback' in reply.content ? plain(reply.content.traceback).split('\n')[1] : ''
    expect([name, shown]).toEqual([
      name,
      name in globalThis
        ? ''
        : `→ TypeScript knows \`${name}\`, but the Node that runs here (${process.version}) does not have it.`,
    ])
  }
})

test('a name that is only promised is told apart from one that nobody has declared', async ({ kernel }) => {
  const said = async (code: string) => {
    const { content } = (await kernel.execute(code)).reply
    return 'traceback' in content ? plain(content.traceback).split('\n')[1] : ''
  }
  const only =
    '→ `declare` only says that `mine` is made elsewhere, and nothing has made it: write it out, without `declare`.'
  expect(await said('declare const mine: number\nvoid mine')).toBe(only)
  expect(await said('declare function other(): void\nvoid (mine + 1)')).toBe(only)
  expect(await said('// @ts-nocheck\nvoid nobodys')).toContain('→ No cell that has run declares `nobodys`')
})

test('the list of them is all that is declared and not there', () => {
  const program = ts.createProgram({
    rootNames: [`${root}/kernel/executor/missing-globals.ts`],
    options: { lib: standardLibraries(), types: ['node'], typeRoots: [`${root}/node_modules/@types`] },
  })
  const file = program.getSourceFile(`${root}/kernel/executor/missing-globals.ts`)
  const declared = program.getTypeChecker().getSymbolsInScope(file as ts.Node, ts.SymbolFlags.Value)
  // A cell has them, and modules are no names.
  const ofCells = /^(?:require|module|exports|__filename|__dirname|arguments|undefined|".*")$/
  const missing = declared
    .filter(
      ({ name, declarations }) =>
        !(name in globalThis) && !ofCells.test(name) && declarations?.[0]?.getSourceFile() !== file,
    )
    .map(({ name }) => name)
  expect(MAY_BE_MISSING).toEqual(expect.arrayContaining(missing))
})
