/** Can students' work be graded in a sandbox? bubblewrap needs user namespaces, which not every system allows. */
import { readFileSync } from 'node:fs'
import { askProgram } from './ask-program.ts'
import { type Check, good, warning } from './check.ts'
import { onPath } from './pythons.ts'

export const sandboxCheck: Check = {
  id: 'sandbox',
  title: 'sandbox',
  async run(context) {
    const bwrap = onPath('bwrap', context.env)
    if (bwrap === undefined)
      return warning(
        'bubblewrap is not installed: work of others is graded without a sandbox',
        'Debian or Ubuntu: sudo apt install bubblewrap',
      )
    const isolated = ['--unshare-user', '--unshare-net', '--unshare-pid', '--ro-bind', '/', '/']
    const { ok, problem } = await askProgram(bwrap, [...isolated, process.execPath, '--version'], context)
    if (ok) return good(`bubblewrap and user namespaces work (${bwrap})`)
    return warning(`user namespaces are not allowed here: ${problem}`, howToAllow())
  },
}

/** Three systems forbid them in three ways. */
function howToAllow(): string {
  const value = (name: string): string | undefined => {
    try {
      return readFileSync(`/proc/sys/${name.replaceAll('.', '/')}`, 'utf8').trim()
    } catch {
      return undefined
    }
  }
  if (value('kernel.apparmor_restrict_unprivileged_userns') === '1')
    return 'Ubuntu: sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0'
  if (value('kernel.unprivileged_userns_clone') === '0') return 'sudo sysctl kernel.unprivileged_userns_clone=1'
  if (value('user.max_user_namespaces') === '0') return 'sudo sysctl user.max_user_namespaces=10000'
  return 'in a container: start it with --security-opt seccomp=unconfined, or grade outside of it'
}
