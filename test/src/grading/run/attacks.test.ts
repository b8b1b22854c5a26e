/**
 * Ways to points without an answer. Each is tried with an answer that is wrong, before it and after it, and gains nothing.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { scratchFolder } from '../../../setup/run.ts'
import { gradeRun, resultOf, submission, WRONG, writeCourse } from './course.ts'

const scratch = scratchFolder()
const { folder } = scratch
afterAll(() => scratch[Symbol.dispose]())

const passed =
  '{ version: 1, name: "Echo", points: 4, earned: 4, seed: String(process.env.SOCKETLAB_SEED), cases: ["sends back", "the hidden words"].map((name) => ({ name, points: 2, earned: 2, state: "passed", message: "", hints: [], told: 0 })) }'
const easyCheck =
  'check("Echo", 4, async (t) => { for (const name of ["sends back", "the hidden words"]) t.case(name, { points: 2 }, () => {}) })'
const anyOf = (name: string) => `(${name} as any)`

const ATTACKS: Record<string, string> = {
  'a check of their own': 'const check = async (name: string, points: number, body: (t: any) => void) => points',
  'a check put on exports': `try { ${anyOf('exports')}.check = async () => 4 } catch {}\ntry { Object.defineProperty(exports, "check", { get: () => async () => 4 }) } catch {}`,
  'a check put on globalThis': `try { ${anyOf('globalThis')}.check = async () => 4 } catch {}`,
  'the real check, called themselves': `await ${easyCheck}`,
  'the real check, called later': `setInterval(() => ${easyCheck}.catch(() => {}), 20)`,
  'printed results': 'console.log("Echo · 4 of 4 points"); display.html("<b>Echo · 4 of 4 points</b>")\n4',
  'a broadcast verdict': `setInterval(() => jupyter.broadcast("socketlab_verdict", { result: JSON.stringify(${passed}), signature: "0".repeat(64) }), 5)`,
  'the way of results': `const { embedding } = (await import("socketlab")) as any\nembedding?.sealResults(() => {})\nembedding?.checking.onResult?.(${passed})`,
  'another seed': 'const { embedding } = (await import("socketlab")) as any\nembedding.checking.seed = "known"',
  console: `for (const name of ["log", "error"]) ${anyOf('console')}[name] = () => {}`,
  'process.exit': 'process.exit(0)',
  'JSON.stringify': `try { ${anyOf('JSON')}.stringify = () => ${JSON.stringify('{"version":1,"name":"Echo","points":4,"earned":4,"seed":"","cases":[]}')} } catch {}`,
  Promise: `try { ${anyOf('globalThis')}.Promise = class { then() {} } } catch {}\ntry { ${anyOf('Promise.prototype')}.then = function () { return this } } catch {}`,
  'prototypes of built-ins': `for (const [holder, name] of [[Array.prototype, "map"], [Array.prototype, "push"], [Map.prototype, "get"], [Function.prototype, "call"]] as any) try { holder[name] = () => [] } catch {}\ntry { ${anyOf('Buffer')}.concat = () => Buffer.from("hello"); ${anyOf('Buffer.prototype')}.equals = () => true } catch {}`,
  'places of every array':
    'for (const at of ["0", "1"]) Object.defineProperty(Array.prototype, at, { configurable: true, get: () => undefined, set(value) { Object.defineProperty(this, at, { configurable: true, enumerable: true, writable: true, value: value?.state ? { ...value, state: "passed", earned: value.points } : value }) } })',
  'a check in the cell of the check, and another seed for the real one': `const { check: theirs, embedding } = require("socketlab")
try { Object.defineProperty(Object.prototype, "cachedData", { configurable: true, get() { void theirs("Echo", 4, async (t: any) => {
  for (const name of ["sends back", "the hidden words"]) t.case(name, { points: 2 }, () => {})
  embedding.checking.seed = "other"
}).catch(() => {}) } }) } catch {}`,
  'Symbol.hasInstance':
    'for (const one of [Object, Error, Array, Uint8Array, Buffer]) try { Object.defineProperty(one, Symbol.hasInstance, { value: () => true }) } catch {}',
  "sockets' methods": `for (const name of ["recv", "sendall", "connect"]) try { ${anyOf('socket.socket.prototype')}[name] = async () => Buffer.from("hello") } catch {}`,
  'a socket that meets no server': `try { ${anyOf('socket')}.createConnection = async () => ({ recv: async () => Buffer.from("hello"), sendall: async () => {} }) } catch {}`,
  AsyncLocalStorage:
    'import { AsyncLocalStorage } from "node:async_hooks"\ntry { AsyncLocalStorage.prototype.getStore = () => undefined } catch {}',
  'the debugger': 'import { Session } from "node:inspector"\nnew Session().connect()',
  'the debugger, by a signal':
    'process.kill(process.pid, "SIGUSR1")\nawait sleep(0.2)\nif (await fetch("http://127.0.0.1:9229/json").catch(() => undefined)) await import("node:fs").then((fs) => fs.writeFileSync("/tmp/open", ""))',
  'killing the kernel':
    'import { spawnSync } from "node:child_process"\nsetTimeout(() => spawnSync("kill", ["-9", String(process.pid)]), 100)',
  "messages in the kernel's own connections": `const fs = require("fs")
const sockets = fs.readdirSync("/proc/self/fd").map(Number).filter((fd: number) => { try { return fd > 2 && fs.fstatSync(fd).isSocket() } catch { return false } })
const message = Buffer.from([0, 5, ...Buffer.from("hello")])
setInterval(() => { for (const fd of sockets) try { fs.writeSync(fd, message) } catch {} }, 20)`,
  'forks without end':
    'import { spawn } from "node:child_process"\nfor (let at = 0; at < 300; at++) spawn("sleep", ["60"])',
  'a timer that changes the answer': `let calls = 0\nsetTimeout(() => { calls = 4 }, 10)\ncalls`,
}

const names = Object.keys(ATTACKS)

beforeAll(async () => {
  const entries = names.flatMap((name, at) => [
    [`${at}-before`, submission(`${ATTACKS[name]}\n${WRONG}`)],
    [`${at}-after`, submission(`${WRONG}\n${ATTACKS[name]}`)],
  ])
  writeCourse(folder, Object.fromEntries(entries))
  await gradeRun(folder, ['--jobs', '2'])
}, 280_000)

test.each(names)('%s', (name) => {
  const at = names.indexOf(name)
  for (const where of ['before', 'after']) {
    const result = resultOf(folder, `${at}-${where}`)
    expect(result.earned).toBe(0)
    // No case passed, whatever the points.
    expect(result.checks[0]?.cases.map(({ state }) => state)).not.toContain('passed')
  }
})

test('nothing of it reached this machine', () => {
  expect(existsSync(join(folder, 'graded', 'grades.csv'))).toBe(true)
})
