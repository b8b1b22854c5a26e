/**
 * nbgrader's own checksum is the reference: for cells of every role, and points that Python writes in its own way.
 */
import { expect, test } from 'vitest'
import { checksumOf, type Grading, pythonFloat } from '../../src/grading/notebook/index.ts'
import type { Cell } from '../../src/notebook/notebook-file.ts'
import { run } from '../setup/run.ts'
import { nbgraderPython } from './nbgrader-environment.ts'

const REFERENCE = `
import json, sys
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.utils import compute_checksum
sums = []
for cell in json.loads(sys.argv[1]):
    make = new_code_cell if cell["cell_type"] == "code" else new_markdown_cell
    sums.append(compute_checksum(make(cell["source"], metadata={"nbgrader": cell["metadata"]["nbgrader"]})))
print(json.dumps({"sums": sums, "floats": [str(float(x)) for x in json.loads(sys.argv[2])]}))
`

const grading = (more: Partial<Grading>): Grading => ({
  schema_version: 3,
  grade: false,
  locked: false,
  solution: false,
  task: false,
  grade_id: 'some-cell',
  ...more,
})

const cells = [
  { kind: 'code', source: 'await check("é", 2, (t) => {})\n', own: { grade: true, locked: true, points: 2 } },
  { kind: 'code', source: '', own: { grade: true, locked: false, points: 0.5 } },
  { kind: 'code', source: 'let a = "…"', own: { solution: true } },
  { kind: 'code', source: 'let a = 1', own: { solution: true, locked: true } },
  { kind: 'markdown', source: 'Why?', own: { solution: true, grade: true, points: 1e-5 } },
  { kind: 'markdown', source: '# Task', own: { locked: true } },
  { kind: 'markdown', source: '# Task', own: { task: true, points: 3, locked: true } },
] as const

const numbers = [0, 1, 2.5, 0.1, 0.0001, 0.00001, 1.5e-7, 123456789.125, 1e15, 1e16, 1.25e21, 1 / 3]

test('checksums and numbers are those that nbgrader and Python compute', { timeout: 400_000 }, async () => {
  const ours = cells.map(
    ({ kind, source, own }): Cell => ({ cell_type: kind, source, metadata: { nbgrader: grading(own) } }) as Cell,
  )
  const { code, output } = await run(await nbgraderPython(), [
    '-c',
    REFERENCE,
    JSON.stringify(ours),
    JSON.stringify(numbers),
  ])
  expect(code, output).toBe(0)
  const { sums, floats } = JSON.parse(output.slice(output.indexOf('{"sums"'))) as { sums: string[]; floats: string[] }
  expect(ours.map((cell) => checksumOf(cell, cell.metadata.nbgrader as Grading))).toEqual(sums)
  expect(numbers.map(pythonFloat)).toEqual(floats)
})
