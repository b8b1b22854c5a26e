/**
 * What jupyter-resource-usage shows of a kernel, in ipykernel's words: processor and memory of this process and of all
 * that it has started, the compiler's among them. Read from proc(5), by this thread, also while a cell runs.
 */
import { availableParallelism, cpus, freemem, hostname, totalmem } from 'node:os'
import { descendants, readProc } from '../processes.ts'
import type { Handler } from './handler.ts'

/** USER_HZ, in which Linux tells processor time on every machine that Node runs on. */
const TICKS_A_SECOND = 100

interface Used {
  seconds: number
  bytes: number
}

/** At the request before: what each process had used, by number and start, and the machine's processors. */
let before = { at: 0, processes: new Map<string, number>(), busy: 0, all: 0 }

export const usage: Handler<'usage_request'> = () => {
  const at = performance.now() / 1000
  const processes = new Map<string, number>()
  let computed = 0
  let memory = 0
  for (const pid of [process.pid, ...descendants(process.pid)]) {
    const found = usedBy(pid)
    if (!found) continue
    const [key, { seconds, bytes }] = found
    processes.set(key, seconds)
    // One that is new since then counts from the next request on: as with psutil, which ipykernel asks.
    computed += seconds - (before.processes.get(key) ?? seconds)
    memory += bytes
  }
  const { busy, all } = machineTime()
  const kernelCpu = before.at === 0 ? 0 : (100 * computed) / (at - before.at)
  // The first would be the average since the machine has started.
  const host = before.all === 0 || all === before.all ? undefined : (100 * (busy - before.busy)) / (all - before.all)
  before = { at, processes, busy, all }
  return {
    status: 'ok',
    hostname: hostname(),
    pid: process.pid,
    kernel_cpu: rounded(kernelCpu),
    kernel_memory: memory,
    cpu_count: availableParallelism(),
    ...(host !== undefined && { host_cpu_percent: rounded(host) }),
    host_virtual_memory: machineMemory(),
  }
}

const rounded = (percent: number) => Math.round(percent * 10) / 10

function usedBy(pid: number): [key: string, used: Used] | undefined {
  // Behind the program's name in parentheses, which may hold anything.
  const fields = readProc(`${pid}/stat`)?.split(') ').at(-1)?.split(' ')
  if (!fields) return undefined
  const [user, system, started] = [fields[11], fields[12], fields[19]]
  return [`${pid} ${started}`, { seconds: (Number(user) + Number(system)) / TICKS_A_SECOND, bytes: memoryOf(pid) }]
}

/** Its share of the pages that processes have in common counts, not each of them once more. */
function memoryOf(pid: number): number {
  const kibibytes = /^Pss:\s+(\d+)/m.exec(readProc(`${pid}/smaps_rollup`) ?? '')?.[1]
  const resident = kibibytes ?? /^VmRSS:\s+(\d+)/m.exec(readProc(`${pid}/status`) ?? '')?.[1]
  return Number(resident ?? 0) * 1024
}

function machineTime(): { busy: number; all: number } {
  let busy = 0
  let all = 0
  for (const { times } of cpus()) {
    const sum = times.user + times.nice + times.sys + times.idle + times.irq
    all += sum
    busy += sum - times.idle
  }
  return { busy, all }
}

/** In bytes, under psutil's names. */
function machineMemory(): Record<string, number> {
  const text = readProc('meminfo') ?? ''
  const bytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0) * 1024
  const total = totalmem()
  const available = bytes('MemAvailable') || freemem()
  return {
    total,
    available,
    percent: rounded((100 * (total - available)) / total),
    used: total - available,
    free: bytes('MemFree'),
    active: bytes('Active'),
    inactive: bytes('Inactive'),
    buffers: bytes('Buffers'),
    cached: bytes('Cached'),
    shared: bytes('Shmem'),
    slab: bytes('Slab'),
  }
}
