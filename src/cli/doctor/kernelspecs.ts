/** Does Jupyter know our kernel, and is what it knows still true? */
import { accessSync, constants, existsSync, readdirSync, realpathSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { prefixDataFolder, userDataFolder } from '../kernelspec/locations.ts'
import { readSpec, specFile } from '../kernelspec/read.ts'
import { isJavaScript, isOurs, javascriptName, kernelScript, kernelSpec } from '../kernelspec/spec.ts'
import { type Check, type Context, good, type Verdict, warning } from './check.ts'
import { findPythons } from './pythons.ts'

interface Installed {
  name: string
  folder: string
  argv: string[]
}

export const kernelspecCheck: Check = {
  id: 'kernelspec',
  title: 'kernelspec',
  async run(context) {
    const installed = (await dataFolders(context)).flatMap(ours)
    if (installed.length === 0)
      return warning(
        'none found: Jupyter does not know the kernel',
        'npx socketlab install   (see its --help for where)',
      )
    const judged = installed.map((one) => ({ ...one, ...judge(one, context) }))
    const bad = judged.filter(({ verdict }) => verdict !== 'good')
    const text = judged
      .map(({ name, folder, problem }) => `${name} in ${folder}${problem ? `: ${problem}` : ''}`)
      .join('; ')
    if (bad.length === 0) return good(text)
    const verdict: Verdict = bad.some((one) => one.verdict === 'wrong') ? 'wrong' : 'warning'
    return { verdict, text, advice: [...new Set(bad.map((one) => mend(one, context.env)))] }
  },
}

/** Everywhere Jupyter looks: JUPYTER_PATH, the user's folder, each environment, the system's. */
async function dataFolders(context: Context): Promise<string[]> {
  const { env } = context
  const prefixes = [...(await findPythons(context)).map(({ prefix }) => prefix), '/usr/local', '/usr']
  const named = (env.JUPYTER_PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  const all = [...named, userDataFolder(env), ...prefixes.map(prefixDataFolder)].filter((folder) => existsSync(folder))
  return [...new Set(all.map((folder) => realpathSync(folder)))]
}

function ours(dataFolder: string): Installed[] {
  let names: string[]
  try {
    names = readdirSync(join(dataFolder, 'kernels'))
  } catch {
    return []
  }
  return names.flatMap((name) => {
    const file = specFile(dataFolder, name)
    const spec = readable(file)
    return spec && isOurs(spec) ? [{ name, folder: dirname(file), argv: (spec.argv as unknown[]).map(String) }] : []
  })
}

/** Somebody else's kernel that we may not read is none of ours. */
function readable(file: string) {
  try {
    return readSpec(file)
  } catch {
    return undefined
  }
}

function judge({ argv }: Installed, { packageRoot, node }: Context): { verdict: Verdict; problem?: string } {
  const [program = ''] = argv
  const script = argv.find((part) => part.endsWith(join('dist', 'kernel', 'main.cjs'))) ?? ''
  if (!canRun(program)) return { verdict: 'wrong', problem: `its Node is gone (${program})` }
  if (!existsSync(script)) return { verdict: 'wrong', problem: `its kernel is gone (${script})` }
  const own = kernelScript(packageRoot)
  if (!existsSync(own) || realpathSync(script) !== realpathSync(own))
    return { verdict: 'warning', problem: `belongs to another socketlab (${dirname(dirname(dirname(script)))})` }
  if (flags(argv) !== flags(kernelSpec({ packageRoot, node: node ?? program, javascript: isJavaScript(argv) }).argv))
    return { verdict: 'warning', problem: 'was written by another version of this package' }
  return { verdict: 'good' }
}

/** Options without their values: how much memory there is may change. */
const flags = (argv: string[]): string =>
  argv
    .filter((part) => part.startsWith('--'))
    .map((part) => part.split('=')[0])
    .join(' ')

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function mend({ name: own, folder, argv }: Installed, env: NodeJS.ProcessEnv): string {
  // One installation writes both names.
  const suffix = javascriptName('')
  const name = isJavaScript(argv) && own.endsWith(suffix) ? own.slice(0, -suffix.length) : own
  const data = dirname(dirname(folder))
  const user = userDataFolder(env)
  const called = name === 'socketlab' ? '' : ` --name ${name}`
  const both = '(or "uninstall" with the same options)'
  if (existsSync(user) && data === realpathSync(user)) return `npx socketlab install --user${called}   ${both}`
  const prefix = dirname(dirname(data))
  if (prefixDataFolder(prefix) === data) return `npx socketlab install --prefix '${prefix}'${called}   ${both}`
  return `JUPYTER_DATA_DIR='${data}' npx socketlab install --user${called}   ${both}`
}
