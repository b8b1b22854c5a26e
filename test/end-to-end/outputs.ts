/** What cells show, as JupyterLab renders it. */
import { expect } from 'vitest'
import { inNotebook } from './in-notebook.ts'
import { inBrowser } from './notebook-page.ts'

/** One white pixel. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg=='
const BARS =
  '{ data: { values: [{ port: "80", bytes: 28 }, { port: "443", bytes: 55 }] }, mark: "bar", encoding: { x: { field: "port", type: "nominal" }, y: { field: "bytes", type: "quantitative" } } }'

inNotebook('outputs.ipynb', ['1'], (test) => {
  test('console.clear, an update in place and a progress bar with carriage returns', async ({
    runNewCell,
    outputs,
  }) => {
    expect(await outputs(await runNewCell('console.log("gone"); console.clear(); console.log("stays")'))).toEqual([
      'stays\n',
    ])
    const shown = await runNewCell('display.html("<b>0 %</b>", { id: "progress" })')
    await runNewCell('display.update("progress").html("<b>100 %</b>")')
    expect(await outputs(shown)).toEqual(['100 %'])
    const bar = await runNewCell(
      'for (let i = 0; i <= 100; i += 10) { process.stdout.write("\\r" + i + " %"); await sleep(0.005) }',
    )
    expect(await outputs(bar)).toEqual(['100 %'])
  })

  test('stdout and stderr keep their order and differ in colour', async ({ runNewCell, outputs }) => {
    const cell = await runNewCell('console.log("one"); console.error("two"); console.log("three")')
    expect(await outputs(cell)).toEqual(['one\n', 'two\n', 'three\n'])
    const colours = await cell
      .locator('.jp-OutputArea-output')
      .evaluateAll(inBrowser<string[]>('all', 'return all.map((one) => getComputedStyle(one).backgroundColor)'))
    expect(colours[1]).not.toBe(colours[0])
    expect(colours[2]).toBe(colours[0])
  })

  test('a mistake shows the learner’s own line and a caret below it', async ({ runNewCell, outputs }) => {
    const checked = (await outputs(await runNewCell('const port: number = "eighty"'))).join('\n')
    expect(checked).toMatch(/> 1 \| const port: number = "eighty"\n +\| +\^\^\^\^/)
    const thrown = (await outputs(await runNewCell('function far() { throw new RangeError("too far") }\nfar()'))).join()
    expect(thrown).toMatch(/RangeError: too far.*> 1 \| function far.*\^.*at far \(cell \[\d+\]:1:\d+\)/s)
    expect(thrown).not.toContain('\u001b')
  })

  for (const [what, code, part] of [
    [
      'an SVG picture',
      `display.svg('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>')`,
      'img, svg',
    ],
    ['a PNG picture', `display.png(Buffer.from('${PNG}', 'base64'))`, 'img'],
    ['LaTeX', 'display.latex("$\\\\frac{1}{2}$")', 'mjx-container'],
    ['Markdown', 'display.markdown("**bold**")', 'strong'],
    ['a tree of JSON', 'display.json({ port: 80 })', '.jp-RenderedJSON'],
    [
      'a Mermaid diagram',
      'display.mermaid("sequenceDiagram\\n Client->>Server: SYN")',
      '.jp-RenderedMermaid :is(img, svg)',
    ],
    ['a Vega-Lite chart', `display.vegaLite(${BARS})`, '.vega-embed :is(canvas, svg)'],
    ['JavaScript for the page', 'display.javascript("element.innerHTML = \'<i>ran</i>\'")', 'i'],
  ] as const)
    test(`${what} is rendered`, async ({ runNewCell }) => {
      const cell = await runNewCell(code)
      await cell.locator('.jp-OutputArea').locator(part).first().waitFor({ state: 'attached' })
    })

  test('an extension’s comm and a cell’s talk to each other', async ({ page, runNewCell, outputs }) => {
    await runNewCell(
      'const heard: unknown[] = []\nconst answered = Promise.withResolvers<void>()\njupyter.comms.register("echo", (comm, { data }) => { comm.send({ opened: data }); comm.onMessage((message) => { heard.push(message.data); answered.resolve() }) })',
    )
    const opened = await page.evaluate(`new Promise((resolve) => {
      const { kernel } = window.jupyterapp.shell.currentWidget.sessionContext.session
      const comm = kernel.createComm('echo')
      comm.onMsg = (message) => { comm.send({ thanks: 1 }); resolve(message.content.data) }
      comm.open({ hello: 'kernel' })
    })`)
    expect(opened).toEqual({ opened: { hello: 'kernel' } })
    expect(await outputs(await runNewCell('await answered.promise; heard'))).toEqual(['[ { thanks: 1 } ]'])
  })
})
