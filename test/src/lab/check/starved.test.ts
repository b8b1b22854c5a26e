/**
 * A machine that gives the kernel no time: what is said of a case is the case's own doing.
 */
import { expect } from 'vitest'
import { test } from '../../../kernel/kernel-fixture.ts'

test('a case whose process was given no time is not said to have made no pause', async ({ kernel }) => {
  // As on a machine with much else to do: it waits (asleep, and no time used between two looks), and its end comes late.
  const look = 'echo $(cut -d" " -f3 $task/stat) $(cut -d" " -f1 $task/schedstat)'
  const asleep = `task=/proc/$PPID/task/$PPID; until a=$(${look}); sleep 0.1; case "$a" in S*) [ "$a" = "$(${look})" ];; *) false;; esac; do :; done`
  const stopped = `${asleep}; kill -STOP $PPID; sleep 1; kill -CONT $PPID`
  const code = `spawn("sh", ["-c", ${JSON.stringify(stopped)}], { stdio: "ignore" })
using s = socket.createServer(["127.0.0.1", 0])
await s.accept()`
  const cell = `import { spawn } from "node:child_process"\nawait check("One", 1, async (t) => { t.case("only", { timeout: 0.5 }, async () => {\n${code}\n}) })`
  const { iopub } = await kernel.execute(cell)
  const shown = iopub.filter(({ header }) => header.msg_type === 'display_data').map(({ content }) => content.data)
  expect(shown).toEqual([
    expect.objectContaining({ 'text/plain': expect.stringMatching(/not over after 0.5 s[\s\S]*waiting here:/) }),
  ])
})
