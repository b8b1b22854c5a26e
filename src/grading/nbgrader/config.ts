/**
 * nbgrader_config.py for a course in TypeScript: what nbgrader 0.9.6 does not know of itself.
 *
 * Knows nbgrader's settings; nothing of files.
 */

export interface CourseSettings {
  /** nbgrader's `course_id`. */
  readonly id: string
  /** Seconds that one cell may take. */
  readonly timeout: number
}

/** A text as Python writes it: JSON's quotes and escapes are Python's too. */
const python = (text: string): string => JSON.stringify(text)

export const nbgraderConfig = ({
  id,
  timeout,
}: CourseSettings): string => `# Made by socketlab grade nbgrader-init, for nbgrader 0.9.6 and notebooks in TypeScript.
# nbgrader reads this file where its commands are run.
import os

c = get_config()

c.CourseDirectory.course_id = ${python(id)}

# What stands in the place of a solution. This replaces nbgrader's own table, so every language of the course is named.
c.ClearSolutions.code_stub = {
    "typescript": "// your code here\\nthrow new Error(\\"not done yet\\")",
    "javascript": "// your code here\\nthrow new Error(\\"not done yet\\")",
    "python": "# YOUR CODE HERE\\nraise NotImplementedError()",
}

# Kernels that grade: no cell changes what the checks after it use. They are started by this process and inherit this.
os.environ["SOCKETLAB_GRADING"] = "on"
os.environ.setdefault("SOCKETLAB_HISTORY", "off")
os.environ.setdefault("SOCKETLAB_PRACTICE", "off")

# A cell that takes longer is stopped, earns nothing, and the next one runs.
c.Execute.timeout = ${timeout}
c.Execute.interrupt_on_timeout = True
c.Execute.error_on_timeout = {"ename": "CellTimeoutError", "evalue": "", "traceback": ["No reply before timeout"]}

# Graded cells that a student has deleted come back, and are graded with the others.
c.OverwriteCells.add_missing_cells = True

# Only where AUTOTEST is used; both are keyed by kernel, and replace nbgrader's own tables.
c.InstantiateTests.comment_strs = {"socketlab": "//", "python3": "#"}
c.InstantiateTests.sanitizers = {"socketlab": lambda s: s, "python3": lambda s: s.strip('"').strip("'")}
`
