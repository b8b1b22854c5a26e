/**
 * `npm run bench -- sockets`: this library beside its rivals, in one run, taking turns; medians and ratios, and the
 * numbers as JSON in the last line. `--full`: 10,000 connections too, and more repetitions.
 * Words besides choose rows: `npm run bench -- sockets udp lookup`.
 */
import { join } from 'node:path'
import { startKernel } from '../../kernel/client/kernel.ts'
import { kernelSpec } from '../../src/cli/kernelspec/spec.ts'
import { type Contender, contenders, OURS } from './contenders.ts'
import { type Measured, measure } from './measure.ts'
import { type Row, rows } from './rows.ts'

const HELP = `npm run bench -- sockets [--full] [rows]

This library, the same in a notebook's cell, and its rivals, taking turns; medians, ratios, and the numbers as JSON in the
last line.

  --full   10,000 connections too, and five repetitions instead of three
  rows     only these: ${[...new Set(rows(true).map(({ name }) => name))].join(' ')}
`
const KNOWN = new Set(['--full', '--help', '-h', ...rows(true).map(({ name }) => name)])

const words = process.argv.slice(2)
if (words.includes('--help') || words.includes('-h')) {
  process.stdout.write(HELP)
  process.exit(0)
}
const unknown = words.find((word) => !KNOWN.has(word))
if (unknown !== undefined) {
  process.stderr.write(`there is no row '${unknown}'\n\n${HELP}`)
  process.exit(2)
}
const full = words.includes('--full')
const chosen = words.filter((word) => !word.startsWith('--'))
const repetitions = full ? 5 : 3

const { found, missing } = contenders()
for (const reason of missing) console.log(`left out: ${reason}`)
const root = join(import.meta.dirname, '..', '..')
const kernel = await startKernel({ argv: kernelSpec({ packageRoot: root, node: process.execPath }).argv })

interface Line {
  row: Row
  results: Map<string, Measured[]>
}

try {
  const lines: Line[] = []
  for (const row of rows(full).filter(({ name }) => chosen.length === 0 || chosen.includes(name))) {
    const line: Line = { row, results: new Map() }
    lines.push(line)
    for (let turn = 0; turn < repetitions; turn++) await oneTurn(line)
    show(line)
  }
  console.log(JSON.stringify({ node: process.version, repetitions, rows: lines.map(asJson) }))
} finally {
  await kernel.stop()
}

async function oneTurn({ row, results }: Line): Promise<void> {
  for (const who of found) {
    // The load is the library's own: there is nothing of a cell in it.
    if (row.name === 'many' && !who.command) continue
    try {
      const measured = await measure(row, who, found, kernel)
      results.set(who.name, [...(results.get(who.name) ?? []), measured])
    } catch (error) {
      console.log(`  ${who.name}: ${(error as Error).message}`)
    }
  }
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? Number.NaN
}

function speedOf(line: Line, { name }: Contender): number {
  return median((line.results.get(name) ?? []).map(({ value }) => value))
}

function memoryOf(line: Line, { name }: Contender): number {
  return median((line.results.get(name) ?? []).flatMap(({ kibPerConnection }) => kibPerConnection ?? []))
}

/** Above 1: we are faster. */
function ratio(line: Line, rival: Contender): number {
  const ours = speedOf(line, found.find(({ name }) => name === OURS)!)
  const theirs = speedOf(line, rival)
  return line.row.less ? theirs / ours : ours / theirs
}

function show(line: Line): void {
  console.log(`\n${line.row.title}, ${line.row.unit}`)
  for (const who of found) {
    if (!line.results.has(who.name)) continue
    const value = speedOf(line, who).toLocaleString('en', { maximumSignificantDigits: 4 })
    const memory = memoryOf(line, who)
    const against = who.name === OURS ? '' : `× ${ratio(line, who).toFixed(2)}`
    const more = Number.isNaN(memory) ? '' : `  ${memory.toFixed(1)} KiB a connection`
    console.log(`  ${who.name.padEnd(20)} ${value.padStart(10)}  ${against}${more}`)
  }
}

function asJson(line: Line) {
  return {
    title: line.row.title,
    unit: line.row.unit,
    values: Object.fromEntries(found.map((who) => [who.name, speedOf(line, who)])),
    kibPerConnection: Object.fromEntries(found.map((who) => [who.name, memoryOf(line, who)])),
  }
}
