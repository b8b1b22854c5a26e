/**
 * Jupyter's commands that run notebooks and files: papermill, nbconvert, jupyter run, jupyter execute.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, vi } from 'vitest'
import { type Jupyter, plain, test } from './jupyter.ts'

const limit = 60_000
vi.setConfig({ testTimeout: 3 * limit })

async function ok(jupyter: Jupyter, ...args: string[]): Promise<string> {
  const { code, output } = await jupyter.python(args, limit)
  expect(code, output).toBe(0)
  return output
}

describe('papermill', () => {
  const cells = [
    { source: 'let count = 1\nlet name = "nobody"', metadata: { tags: ['parameters'] } },
    'console.log(name.repeat(count))',
  ]
  const run = (jupyter: Jupyter, known: string) =>
    jupyter.call<{ texts?: string[]; error?: string }>(
      'run_papermill.py',
      'run',
      jupyter.notebook('parameters.ipynb', cells),
      known,
    )

  test('runs a notebook', async ({ jupyter }) => {
    expect(await run(jupyter, 'none')).toEqual({ texts: ['nobody\n'] })
  })

  test('with parameters, needs a translator for TypeScript, and says so', async ({ jupyter }) => {
    expect((await run(jupyter, 'unknown')).error).toMatch(/No parameter translator .*'socketlab' or .*'typescript'/)
  })

  test('what it writes for C# is TypeScript as well, for plain values', async ({ jupyter }) => {
    const path = jupyter.notebook('parameters.ipynb', [
      {
        source: 'let count = 1, on = false, share = 0.5\nlet name: string = "nobody"',
        metadata: { tags: ['parameters'] },
      },
      'console.log(name.repeat(count), on, share)',
    ])
    const values = { count: '2', on: 'True', share: '2.5', name: 'Zoë "Z" \\' }
    const given = Object.entries(values).flatMap(([name, value]) => ['-p', name, value])
    await ok(jupyter, '-m', 'papermill', '--language', '.net-csharp', path, 'given.ipynb', ...given)
    const executed = JSON.parse(readFileSync(join(jupyter.folder, 'given.ipynb'), 'utf8'))
    expect(executed.cells.at(-1).outputs[0].text).toEqual(['Zoë "Z" \\Zoë "Z" \\ true 2.5\n'])
  })

  test('with one, the parameters replace those of the notebook', async ({ jupyter }) => {
    expect(await run(jupyter, 'known')).toEqual({ texts: ['Ada "A"Ada "A"Ada "A"\n'] })
  })
})

describe('nbconvert', () => {
  const cells = [
    { source: '# A title', cell_type: 'markdown' as const },
    'const n: number = 6\nn * 7',
    'display.html("<b id=\'shown\'>x</b>")',
  ]

  test('--execute to a notebook, then to HTML', async ({ jupyter }) => {
    const path = jupyter.notebook('page.ipynb', cells)
    await ok(jupyter, '-m', 'nbconvert', '--execute', '--to', 'notebook', '--inplace', path)
    const executed = JSON.parse(readFileSync(path, 'utf8'))
    // nbformat writes text as a list of lines.
    expect([executed.cells[1].outputs[0].data['text/plain']].flat().join('')).toBe('42')
    expect(executed.metadata.language_info).toMatchObject({ name: 'typescript', file_extension: '.ts' })
    await ok(jupyter, '-m', 'nbconvert', '--to', 'html', path)
    const html = readFileSync(join(jupyter.folder, 'page.html'), 'utf8')
    expect(html).toMatch(/<b id=['"]shown['"]>x<\/b>/)
    // Coloured as TypeScript: `const` is a declaration's keyword.
    expect(html).toMatch(/<span class="kd">const<\/span>/)
  })

  test('--to script writes a .ts file', async ({ jupyter }) => {
    const path = jupyter.notebook('script.ipynb', cells)
    await ok(jupyter, '-m', 'nbconvert', '--execute', '--to', 'notebook', '--inplace', path)
    await ok(jupyter, '-m', 'nbconvert', '--to', 'script', path)
    expect(existsSync(join(jupyter.folder, 'script.ts'))).toBe(true)
    expect(readFileSync(join(jupyter.folder, 'script.ts'), 'utf8')).toContain('const n: number = 6\nn * 7')
  })

  test('--execute ends with an error where a cell fails, and shows it', async ({ jupyter }) => {
    const path = jupyter.notebook('failing.ipynb', ['throw new RangeError("too far")'])
    const { code, output } = await jupyter.python(['-m', 'nbconvert', '--execute', '--to', 'notebook', path], limit)
    expect(code).not.toBe(0)
    // The end of it: a failure shows what is compared, cut after some lines, and the error is the last.
    expect(plain(output).slice(-2000)).toContain('RangeError: too far')
  })
})

test('jupyter run runs a file, and its exit code tells of a failure', async ({ jupyter }) => {
  const file = join(jupyter.folder, 'program.ts')
  const args = ['-m', 'jupyter_client.runapp', '--kernel', 'socketlab', file]
  writeFileSync(file, 'const words: string[] = ["a", "b"]\nconsole.log(words.join("+"))')
  expect(await ok(jupyter, ...args)).toContain('a+b\n')
  writeFileSync(file, 'throw new RangeError("too far")')
  const { code, output } = await jupyter.python(args, limit)
  expect(code).not.toBe(0)
  expect(plain(output)).toContain('too far')
})

test('jupyter execute --inplace writes the outputs', async ({ jupyter }) => {
  const path = jupyter.notebook('executed.ipynb', ['console.log("said")'])
  await ok(jupyter, '-c', 'from nbclient.cli import main; main()', '--inplace', path)
  expect(readFileSync(path, 'utf8')).toContain('said')
})
