/**
 * Cells that a compiler elsewhere may compile, and those that it may not.
 */
import { expect, test } from 'vitest'
import { standsAlone } from '../../../../src/grading/sandbox/stands-alone.ts'

test.each([
  'let n = 1',
  'import * as fs from "node:fs"',
  "import { join } from 'path'\nconst { spawn } = require('node:child_process')",
  'await import(`node:os`)',
  '// where it came from\nconst text = "where from?"',
  'const from = 1, imported = [from]',
])('%j stands alone', (code) => {
  expect(standsAlone(code)).toBe(true)
})

test.each([
  'import { z } from "zod"',
  "import './setup.ts'",
  'import "./a" // import "node:fs"',
  'export * from "./x"',
  'import a = require("./x")',
  'require( "./x" )',
  'require\n(\n"./x")',
  `\`\${require("./x")}\``,
  "const quote = /'/; require('./x')",
  'await import(`./x`)',
  'let a: typeof import("./x")',
  'import a from /* one *//* two **/ "./x"',
  'import a from /*',
  'import a from "./x',
  'declare global { interface Array<T> { mine: T } }',
  'declare module "q" {}',
  '/// <reference path="./x.d.ts" />',
  '/** @jsxImportSource x */',
])('%j needs a compiler of its own', (code) => {
  expect(standsAlone(code)).toBe(false)
})

test('a text made to be slow is not', () => {
  expect(standsAlone(`from ${'/**/'.repeat(50_000)}x`)).toBe(true)
  expect(standsAlone('from/*'.repeat(50_000))).toBe(false)
  expect(standsAlone('/*from/**/'.repeat(50_000))).toBe(false)
  expect(standsAlone(`from${' '.repeat(200_000)}`.repeat(3))).toBe(true)
  expect(standsAlone(`from '`.repeat(50_001))).toBe(false)
})
