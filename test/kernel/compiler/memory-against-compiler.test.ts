/** What a compiler that remembers answers from memory, over all sessions: the same as it had answered itself. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openCellStore } from '../../../kernel/bridge/cell-store.ts'
import type { ConvertAnswer } from '../../../kernel/bridge/compiler-api.ts'
import { startCompiler } from '../../../kernel/bridge/compiler-process.ts'
import { rememberCells } from '../../../kernel/bridge/remembered-cells.ts'
import { compilerCommand } from '../../../kernel/bridge/snapshot.mjs'
import { AS_BUILT, root } from './client.ts'
import { sessions } from './sessions.ts'

const { command } = compilerCommand(AS_BUILT.bundlePath as string)

/** All answers of one kernel's compiler, and which of them came from memory: those name no scope. */
async function answersTo(cells: readonly string[], kept: string) {
  const said: string[] = []
  const log = (text: string) => said.push(text)
  const inner = startCompiler({ command }, log)
  const store = openCellStore({ SOCKETLAB_COMPILED_CELLS: kept }, log)
  if (!store) throw new Error(said.join())
  let written = 0
  const counted = {
    ...store,
    keep: (...cell: Parameters<typeof store.keep>) => {
      written++
      store.keep(...cell)
    },
  }
  const compiler = rememberCells(inner, counted, ['this build'], root, log)
  const answers: object[] = []
  const remembered: boolean[] = []
  for (const [index, code] of cells.entries()) {
    const answer = await compiler.convert(code, `cell [${index + 1}]`)
    remembered.push(answer.ok && answer.scope === '')
    answers.push(content(answer))
  }
  // The compiler hears of all of them, and finds nothing to mend.
  await compiler.ask('complete', 'x', 1)
  compiler.close()
  expect(said.filter((text) => text.includes('taken from memory'))).toEqual([])
  return { answers, remembered, written }
}

const content = ({ reads, ...answer }: ConvertAnswer) => {
  if (!answer.ok) return answer
  const { scope, ...rest } = answer
  return rest
}

/** These import local files: from there on nothing is kept. */
const LOCAL = ['localModules']

test('all cells without errors, from memory, as they were compiled', async () => {
  const kept = mkdtempSync(join(tmpdir(), 'socketlab-memory-'))
  onTestFinished(() => rmSync(kept, { recursive: true, force: true }))
  let fromMemory = 0
  for (const [name, cells] of Object.entries(sessions)) {
    if (LOCAL.includes(name)) continue
    const first = await answersTo(cells, kept)
    const again = await answersTo(cells, kept)
    expect(again.answers, name).toEqual(first.answers)
    const good = again.answers.map((answer) => (answer as ConvertAnswer).ok)
    expect([name, ...again.remembered]).toEqual([name, ...good])
    expect([name, again.written]).toEqual([name, 0])
    fromMemory += again.remembered.filter(Boolean).length
  }
  expect(fromMemory).toBeGreaterThan(100)
}, 120_000)
