/** Is there a Python for Jupyter? The kernel itself needs none. */
import { type Check, good, warning } from './check.ts'
import { findPythons } from './pythons.ts'

const oldest = 10

export const pythonCheck: Check = {
  id: 'python',
  title: 'Python',
  async run(context) {
    const [python] = await findPythons(context)
    if (!python)
      return warning(
        'none found: JupyterLab needs it ("socketlab run" does not)',
        'install it (Debian or Ubuntu: sudo apt install python3 python3-venv), and have it on the PATH',
      )
    const text = `${python.version} (${python.path})`
    const [major, minor] = python.version.split('.').map(Number) as [number, number]
    if (major > 3 || minor >= oldest) return good(text)
    return warning(`${text} is too old for a current JupyterLab`, `install Python 3.${oldest} or newer`)
  },
}
