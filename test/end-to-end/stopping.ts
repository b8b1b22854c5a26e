/** ■ and the restarts of the Kernel menu, and that no process of an ended kernel is left. */
import { readdirSync, readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { inNotebook, type Shared } from './in-notebook.ts'

/** The processes of all kernels of this JupyterLab, their compilers included. */
function kernelProcesses({ lab }: Shared): number[] {
  const read = (pid: number, file: string) => {
    try {
      return readFileSync(`/proc/${pid}/${file}`, 'utf8')
    } catch {
      return ''
    }
  }
  const all = readdirSync('/proc').map(Number).filter(Boolean)
  const kernels = all.filter((pid) => read(pid, 'cmdline').includes(`${lab.runtime}/kernel-`))
  const parent = (pid: number) => Number(/\) \S (\d+)/.exec(read(pid, 'stat'))?.[1])
  return all.filter((pid) => kernels.includes(pid) || kernels.includes(parent(pid)))
}

/** A limit for what is never waited out where all is well. */
const patient = { timeout: 20_000 }

inNotebook('stopping.ipynb', ['1'], (test) => {
  test('■ stops an endless loop and a wait, and variables are kept', async (notebook) => {
    const { page, typeNewCell, run, runNewCell, stop, ended, outputs } = notebook
    await runNewCell('let kept = 41')
    for (const code of [
      'console.log("begun"); for (;;) {}',
      'console.log("begun"); await socket.createServer(["127.0.0.1", 0]).accept()',
    ]) {
      const cell = await typeNewCell(code)
      await run()
      await cell.locator('.jp-OutputArea-output').filter({ hasText: 'begun' }).waitFor()
      await stop()
      await ended(cell)
      expect((await outputs(cell)).join('\n')).toContain('KeyboardInterrupt')
    }
    expect(await outputs(await runNewCell('kept + 1'))).toEqual(['42'])
    expect(await page.getByRole('dialog').count()).toBe(0)
  })

  test('I, I stops the cell; those that waited behind it have no number', async (notebook) => {
    const { page, typeNewCell, run, runNewCell, ended, cells } = notebook
    const waits = await typeNewCell('console.log("begun"); await new Promise(() => {})')
    await run()
    await waits.locator('.jp-OutputArea-output').filter({ hasText: 'begun' }).waitFor()
    const behind = await typeNewCell('"behind"')
    await run()
    await behind.locator('.jp-InputPrompt').filter({ hasText: '[*]:' }).waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('i')
    await page.keyboard.press('i')
    await ended(waits)
    await behind.locator('.jp-InputPrompt').filter({ hasText: '[ ]:' }).waitFor()
    await runNewCell('"goes on"')
    expect(await cells.last().locator('.jp-InputPrompt').textContent()).toMatch(/\d/)
  })

  test('a restart while a cell loops leaves no process of the old kernel, and no variable', async (notebook, shared) => {
    const { typeNewCell, run, restart, runNewCell, outputs } = notebook
    const before = kernelProcesses(shared)
    expect(before.length).toBeGreaterThanOrEqual(2)
    const cell = await typeNewCell('console.log("begun"); for (;;) {}')
    await run()
    await cell.locator('.jp-OutputArea-output').filter({ hasText: 'begun' }).waitFor()
    await restart()
    expect((await outputs(await runNewCell('kept'))).join('\n')).toContain("Cannot find name 'kept'")
    await expect.poll(() => kernelProcesses(shared).filter((pid) => before.includes(pid)), patient).toEqual([])
  })
})

const three = ['const one = 1; console.log("one")', 'await sleep(0.01); console.log("two", one)', '"three"']
const prompts = /\[1\]:.*\[2\]:.*\[3\]:/s

inNotebook('run all.ipynb', three, (test) => {
  test('Restart Kernel and Run All Cells: all outputs are there, three times', async (notebook, shared) => {
    const { panel, menu, menuAndConfirm, ended, cells, outputs } = notebook
    for (let time = 0; time < 3; time++) {
      const before = kernelProcesses(shared)
      // The numbers beside the cells, by which their end is seen, are to be new ones.
      await menu('Edit', 'Clear Outputs of All Cells')
      await menuAndConfirm('Kernel', 'Restart Kernel and Run All Cells…')
      await expect.poll(() => panel.locator('.jp-Notebook').textContent(), patient).toMatch(prompts)
      await ended(cells.last())
      expect([
        ...(await outputs(cells.nth(0))),
        ...(await outputs(cells.nth(1))),
        ...(await outputs(cells.nth(2))),
      ]).toEqual(['one\n', 'two 1\n', "'three'"])
      await expect.poll(() => kernelProcesses(shared).filter((pid) => before.includes(pid)), patient).toEqual([])
    }
  })

  test('Restart Kernel and Clear Outputs of All Cells', async ({ panel, menuAndConfirm, idle }) => {
    await menuAndConfirm('Kernel', 'Restart Kernel and Clear Outputs of All Cells…')
    await idle()
    await expect.poll(() => panel.locator('.jp-OutputArea-output').count(), patient).toBe(0)
  })

  test('Shift+Enter pressed fast runs the cells in order, each once', async ({ page, cells, ended, outputs }) => {
    await cells.first().locator('.cm-content').click()
    for (const _ of three) await page.keyboard.press('Shift+Enter')
    await ended(cells.nth(2))
    expect(await page.locator('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-InputPrompt').allTextContents()).toEqual(
      expect.arrayContaining(['[1]:', '[2]:', '[3]:']),
    )
    expect(await outputs(cells.nth(1))).toEqual(['two 1\n'])
  })
})
