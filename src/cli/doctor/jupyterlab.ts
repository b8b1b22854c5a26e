/** Which JupyterLab would be started here, and is it one that we know? */
import { type Check, good, warning } from './check.ts'
import { findPythons } from './pythons.ts'

export const jupyterlabCheck: Check = {
  id: 'jupyterlab',
  title: 'JupyterLab',
  async run(context) {
    const python = (await findPythons(context)).find(({ jupyterlab }) => jupyterlab !== null)
    if (!python)
      return warning(
        'none found in the active environment or on the PATH',
        'in a checkout "npm start" brings its own; else: python3 -m pip install jupyterlab (in an environment)',
        'or use another program that knows Jupyter kernels, such as VS Code',
      )
    const text = `${python.jupyterlab} (in ${python.prefix})`
    return Number(python.jupyterlab?.split('.')[0]) >= 4
      ? good(text)
      : warning(`${text}: lessons are tested with JupyterLab 4`, `${python.path} -m pip install --upgrade jupyterlab`)
  },
}
