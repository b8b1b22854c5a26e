/**
 * One repetition of one row by one contender: its number, and where a server held many connections, their memory.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Kernel } from '../../kernel/client/kernel.ts'
import { type Contender, OURS } from './contenders.ts'
import type { Row } from './rows.ts'

export interface Measured {
  value: number
  kibPerConnection?: number
}

/** A repetition that hangs is given up. */
const LIMIT_MS = 60_000
const peer = join(import.meta.dirname, 'peers', 'ours.mjs')

export async function measure(row: Row, who: Contender, all: Contender[], kernel: Kernel): Promise<Measured> {
  if (row.processes === 1) {
    const words = ['both', row.name, String(row.count)]
    return { value: who.command ? await answer(who.command, words) : await inKernel(kernel, words) }
  }
  // A cell's other process is a plain one.
  const ours = all.find(({ name }) => name === OURS)!.command!
  const [command = '', ...args] = who.command ?? ours
  const server = spawn(command, [...args, 'serve', row.name], { stdio: ['pipe', 'pipe', 'ignore'] })
  try {
    const port = await firstLine(server)
    const before = kib(server, 'VmRSS')
    const words = ['drive', row.name, String(port), String(row.count)]
    const load = row.name === 'many' ? ours : who.command
    const value = load ? await answer(load, words) : await inKernel(kernel, words)
    if (row.name !== 'many') return { value }
    return { value, kibPerConnection: (kib(server, 'VmHWM') - before) / row.count }
  } finally {
    server.kill('SIGKILL')
  }
}

async function answer([command = '', ...args]: string[], words: string[]): Promise<number> {
  const child = spawn(command, [...args, ...words], { stdio: ['ignore', 'pipe', 'ignore'] })
  try {
    return await firstLine(child)
  } finally {
    child.kill('SIGKILL')
  }
}

async function firstLine(child: ChildProcess): Promise<number> {
  const limit = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS)
  try {
    const lines = createInterface(child.stdout!)
    const [line] = await Promise.race([once(lines, 'line'), once(lines, 'close').then(() => [undefined])])
    if (line === undefined) throw new Error(`it ended without a number (or took more than ${LIMIT_MS / 1000} s)`)
    return Number(JSON.parse(String(line)))
  } finally {
    clearTimeout(limit)
  }
}

async function inKernel(kernel: Kernel, words: string[]): Promise<number> {
  const code = `{
    const peer = await import(${JSON.stringify(peer)})
    await peer.run(socket, ${JSON.stringify(words)}, (value: number) => console.log(value))
  }`
  const { iopub, reply } = await kernel.execute(code)
  if (reply.content.status !== 'ok') throw new Error(`the cell failed: ${JSON.stringify(reply.content)}`)
  const text = iopub.filter(({ header }) => header.msg_type === 'stream').map(({ content }) => content.text)
  return Number(text.join(''))
}

const kib = (child: ChildProcess, field: string): number =>
  Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? Number.NaN)
