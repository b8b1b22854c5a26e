/** Lesson 1 as a reader runs it. */
import { expect } from 'vitest'
import { inNotebook, LESSON } from './in-notebook.ts'

inNotebook(LESSON, undefined, (test) => {
  test('Run All runs every cell without an error, and again', async (notebook) => {
    for (const _ of ['once', 'twice']) {
      await notebook.runAll()
      expect(await notebook.panel.locator('[data-mime-type="application/vnd.jupyter.error"]').count()).toBe(0)
      const echo = notebook.panel.locator('.jp-OutputArea-output').filter({ hasText: 'Echo: ' })
      await echo.first().waitFor({ state: 'attached' })
    }
  })

  test('what a server of one cell prints while a later cell is its client stands under the server’s cell', async (notebook) => {
    const server = await notebook.runNewCell(
      'const late = socket.createServer(["127.0.0.1", 0])\nnew threading.Thread({ target: async () => { const [conn] = await late.accept(); console.log("someone called"); conn.close() }, daemon: true }).start()',
    )
    const client = await notebook.runNewCell(
      'using call = await socket.createConnection(late.getsockname())\nawait call.recv(1)\nlate.close()\n"called"',
    )
    await server.locator('.jp-OutputArea-output').filter({ hasText: 'someone called' }).waitFor()
    expect(await notebook.outputs(client)).toEqual(["'called'"])
  })
})
