/** A module of the library as a cell's result: a line, not its hundreds of getters. */
import { expect } from 'vitest'
import { resultOf, test } from '../kernel-fixture.ts'

test('modules are shown in a line, which names what a small one has', async ({ kernel }) => {
  const shown = async (code: string) => String(resultOf((await kernel.execute(code)).iopub))
  expect(await shown('socket')).toMatch(/^<module socket: \d{3} names, which Tab behind `socket\.` lists; .*>$/)
  const small = await shown('[queue]')
  expect(small).toMatch(/^\[\n {2}<module queue: Empty, Full, [\w, ]+, SimpleQueue>\n\]$/)
  expect(await shown('import * as whole from "socketlab"\nwhole.struct')).toContain('<module struct: Struct, calcsize,')
  expect(await shown('Object.keys(socket).length > 600 && "AF_INET" in socket')).toBe('true')
})
