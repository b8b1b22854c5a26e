/**
 * The checksum that nbgrader keeps of a cell: it changes with the source, and with all that decides over the points.
 *
 * Knows the recipe only. Source: nbgrader 0.9.6, nbgrader/utils.py, compute_checksum.
 */
import { createHash } from 'node:crypto'
import { type Cell, sourceOf } from '../../notebook/notebook-file.ts'
import { type Grading, isLocked } from './metadata.ts'

/** md5 in hexadecimal digits. */
export function checksumOf(cell: Pick<Cell, 'cell_type' | 'source' | 'metadata'>, grading: Grading): string {
  const hash = createHash('md5')
  const python = (value: boolean) => (value ? 'True' : 'False')
  hash.update(sourceOf(cell as Cell)).update(cell.cell_type)
  hash
    .update(python(grading.grade))
    .update(python(grading.solution))
    .update(python(isLocked(grading)))
  hash.update(grading.grade_id ?? '')
  if (grading.grade) hash.update(pythonFloat(grading.points ?? 0))
  return hash.digest('hex')
}

/** A number as Python's `str(float(…))` writes it: 2 is `2.0`, 1e16 is `1e+16`, 0.00001 is `1e-05`. */
export function pythonFloat(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf'
  const [digits, exponent] = value.toExponential().split('e') as [string, string]
  const power = Number(exponent)
  if (value !== 0 && (power < -4 || power >= 16))
    return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
  const text = plainDigits(value)
  return text.includes('.') ? text : `${text}.0`
}

/** JavaScript writes 1e-7 where Python still writes zeros, but between these bounds neither needs an exponent. */
const plainDigits = (value: number): string => (Object.is(value, -0) ? '-0' : String(value))
