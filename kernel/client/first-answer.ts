/**
 * The first answer of a kernel that has just started. What it publishes before a subscription has reached it is lost, its
 * first `idle` too: on a busy machine that happens, so it is asked again each second.
 */
import type { Answer, KernelClient } from './kernel-client.ts'

const AGAIN_MS = 1000

/** Rejects when the client fails; `onSecond` is told of each further second that passes. */
export async function firstAnswer(
  client: KernelClient,
  onSecond: (seconds: number) => void = () => {},
): Promise<Answer> {
  const ask = () => client.request('kernel_info_request', {})
  let seconds = 0
  let timer: NodeJS.Timeout | undefined
  try {
    return await new Promise((resolve, reject) => {
      ask().then(resolve, reject)
      timer = setInterval(() => {
        ask().then(resolve, reject)
        onSecond(++seconds)
      }, AGAIN_MS)
    })
  } finally {
    clearInterval(timer)
  }
}
