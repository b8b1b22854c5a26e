/** Node's warnings under the cell that caused them: as a notice, for the kernelspec keeps them from stderr. */
import { expect } from 'vitest'
import { test, textOf } from '../kernel-fixture.ts'

test('they stand under their cell, once, and not on stderr', async ({ freshKernel }) => {
  const kernel = await freshKernel({ env: { NODE_NO_WARNINGS: '1' } })
  const shown = async (code: string) => {
    const { iopub } = await kernel.execute(code)
    expect(textOf(iopub, 'stderr')).toBe('')
    return iopub.flatMap(({ header, content }) =>
      header.msg_type === 'display_data' ? [(content as { data: Record<string, string> }).data['text/plain']] : [],
    )
  }
  const listen = 'for (let i = 0; i < 12; i++) emitter.on("message", () => {})'
  expect(
    await shown(`import { EventEmitter } from "node:events"\nconst emitter = new EventEmitter()\n${listen}`),
  ).toEqual([
    expect.stringContaining(
      'MaxListenersExceededWarning: Possible EventEmitter memory leak detected. 11 message listeners',
    ),
  ])
  expect(await shown('clearTimeout(setTimeout(() => {}, 5e9))')).toEqual([
    expect.stringContaining('5000000000 does not fit into a 32-bit signed integer'),
  ])
  expect(await shown('for (let i = 0; i < 3; i++) process.emitWarning("mine")')).toEqual(['Warning: mine'])
  expect(await shown('for (let i = 0; i < 30; i++) process.emitWarning("one of " + i)')).toHaveLength(10)
  expect(await shown('process.emitWarning("old", "DeprecationWarning")')).toEqual([])
})
