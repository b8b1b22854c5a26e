/** Files that cannot be written: the reason is the true one. */
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { root } from '../../../runner/paths.ts'
import { run, scratchFolder } from '../../../setup/run.ts'

test('a folder on a read-only disk cannot be made, and says that the disk is read-only', async ({ skip }) => {
  if ((await run('bwrap', ['--dev-bind', '/', '/', 'true'])).code !== 0)
    skip('bubblewrap is not here, or may not make namespaces')
  using scratch = scratchFolder()
  const { folder } = scratch
  const files = pathToFileURL(`${root}/src/grading/results/files.ts`).href
  const write = `import { writeWhole } from ${JSON.stringify(files)}; writeWhole(process.argv[1], 'text')`
  const disk = ['--dev-bind', '/', '/', '--tmpfs', folder, '--remount-ro', folder]
  for (const path of [`${folder}/graded/grades.csv`, `${folder}/graded/results/ann.json`]) {
    const command = [process.execPath, '--input-type=module', '-e', write, path]
    const { output } = await run('bwrap', [...disk, ...command])
    expect(output).toContain(`EROFS: read-only file system, mkdir '${folder}/graded'`)
  }
})
