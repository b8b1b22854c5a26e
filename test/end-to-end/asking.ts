/** `input()`: the box under the cell, typed into by hand. */
import { expect } from 'vitest'
import { inNotebook } from './in-notebook.ts'
import { answer, box } from './question-box.ts'

inNotebook('asking.ipynb', ['1'], (test) => {
  test('two questions one after the other are answered by typing, and stand in the output', async (notebook) => {
    const { page, typeNewCell, run, ended, outputs } = notebook
    const cell = await typeNewCell(
      'const you = await input("You: ")\nconst friend = await input("Friend: ")\nyou + friend',
    )
    await run()
    await answer(page, 'You: ', 'Ann')
    await box(page, 'Friend: ').waitFor()
    await answer(page, 'Friend: ', 'Bob')
    await ended(cell)
    expect(await outputs(cell)).toEqual(expect.arrayContaining(['You:  Ann\nFriend:  Bob\n', "'AnnBob'"]))
  })

  test('a password is not shown', async ({ page, typeNewCell, run, ended, outputs }) => {
    const cell = await typeNewCell('(await input("Secret: ", { password: true })).length')
    await run()
    await box(page, 'Secret: ').waitFor()
    expect(await box(page, 'Secret: ').getAttribute('type')).toBe('password')
    await answer(page, 'Secret: ', 'hush')
    await ended(cell)
    const shown = (await outputs(cell)).join('\n')
    expect(shown).toContain('4')
    expect(shown).not.toContain('hush')
  })

  test('■ ends a question; what is typed into its box later answers no other one', async (notebook) => {
    const { page, typeNewCell, run, ended, outputs, stop } = notebook
    const stopped = await typeNewCell('await input("Never: ")')
    await run()
    await box(page, 'Never: ').waitFor()
    await stop()
    await ended(stopped)
    expect((await outputs(stopped)).join()).toContain('KeyboardInterrupt')
    const next = await typeNewCell('await input("Again: ")')
    await run()
    await box(page, 'Again: ').waitFor()
    await box(page, 'Never: ').fill('stale')
    await box(page, 'Never: ').press('Enter')
    await stopped.locator('.jp-OutputArea-output').filter({ hasText: 'stale' }).waitFor()
    await box(page, 'Again: ').fill('fresh')
    await box(page, 'Again: ').press('Enter')
    await ended(next)
    expect(await outputs(next)).toContain("'fresh'")
  })

  test('two threads ask at the same time, after their cell has ended', async (notebook) => {
    const { page, runNewCell } = notebook
    const cell = await runNewCell(
      'for (const name of ["left", "right"]) new threading.Thread({ target: async () => { await sleep(0.1); console.log(name, "heard", await input(name + "? ")) } }).start()',
    )
    await box(page, 'left? ').waitFor()
    await box(page, 'right? ').fill('two')
    await box(page, 'right? ').press('Enter')
    await cell.locator('.jp-OutputArea-output').filter({ hasText: 'right heard two' }).waitFor()
    await box(page, 'left? ').fill('one')
    await box(page, 'left? ').press('Enter')
    await cell.locator('.jp-OutputArea-output').filter({ hasText: 'left heard one' }).waitFor()
  })
})
