/** Lesson 5 by hand: what it also does where nobody types or presses ■, done by a person. */
import { expect } from 'vitest'
import { lesson, textOf } from '../notebooks/notebook.ts'
import { inNotebook } from './in-notebook.ts'
import { answer, box } from './question-box.ts'

const sources = new Map(lesson('notebooks/lessons/05-chat.ipynb').cells.map(({ id, source }) => [id, textOf(source)]))

/** A cell of the lesson; `without`: the line that a reader takes away. */
function cell(id: string, without?: RegExp): string {
  const source = sources.get(id)!
  if (without) expect(source).toMatch(without)
  return without ? source.replace(without, '') : source
}

const before = ['internet-start', 'handle-client', 'run-server', 'start-server', 'receive-messages', 'run-client']

inNotebook(
  'chat.ipynb',
  before.map((id) => cell(id)),
  (test) => {
    test('a chat that is typed, and one that the notebook types', async (notebook) => {
      const { page, menu, cells, ended, typeNewCell, run, runNewCell, outputs } = notebook
      await menu('Run', 'Run All Cells')
      await ended(cells.nth(before.length - 1))
      const server = cells.nth(before.indexOf('start-server'))
      const typed = await typeNewCell(cell('client-run', /^lab\.answers.*\n/m))
      await run()
      await answer(page, 'You: ', 'Good evening')
      await typed.locator('.jp-OutputArea-output').filter({ hasText: 'Server received: Good evening' }).waitFor()
      await expect.poll(() => box(page, 'You: ').count()).toBe(1) // the answered one has gone
      await answer(page, 'You: ', 'quit')
      await ended(typed)
      expect((await outputs(typed)).join('\n')).toContain('Disconnected from server')
      // What the server says stands under its own cell.
      await server.locator('.jp-OutputArea-output').filter({ hasText: '] Good evening' }).waitFor()
      const scripted = (await outputs(await runNewCell(cell('client-run')))).join('\n')
      expect(scripted).toContain('Server received: Hello, everybody!')
      expect(scripted).toContain('Disconnected from server')
    })

    test('the server in a cell shuts down on ■, pressed by hand', async (notebook) => {
      const { typeNewCell, run, runNewCell, stop, ended, outputs } = notebook
      await runNewCell(cell('several'))
      const evening = await typeNewCell(cell('shutdown-run', /^ *lab\.interrupt.*\n/m))
      await run()
      await evening.locator('.jp-OutputArea-output').filter({ hasText: '[DISCONNECT]' }).waitFor()
      await stop()
      await ended(evening)
      const shown = (await outputs(evening)).join('\n')
      expect(shown).toContain('[SHUTDOWN] Server shutting down')
      expect(shown).not.toContain('KeyboardInterrupt')
    })
  },
)
