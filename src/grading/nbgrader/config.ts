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

from nbgrader.preprocessors import DeduplicateIds, OverwriteCells

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

# Graded cells that a student has deleted come back, and are graded with the others. nbgrader writes a note above them,
# as a comment of Python; in TypeScript that is a mistake, so it is made a comment there.
c.OverwriteCells.add_missing_cells = True


def add_missing_cells(self, nb, resources, add=OverwriteCells.add_missing_grade_cells):
    nb, resources = add(self, nb, resources)
    if nb.metadata.get("kernelspec", {}).get("language") in ("typescript", "javascript"):
        for cell in nb.cells:
            if cell.cell_type == "code" and cell.source.startswith("# This cell (id:"):
                cell.source = "//" + cell.source[1:]
    return nb, resources


OverwriteCells.add_missing_grade_cells = add_missing_cells

# Of cells with one id the last counts. The others are to be plain cells, for which nbgrader 0.9.6 leaves metadata that it
# refuses itself: the whole submission would have no score.
def deduplicate_ids(self, nb, resources, deduplicate=DeduplicateIds.preprocess):
    nb, resources = deduplicate(self, nb, resources)
    for cell in nb.cells:
        if cell.metadata.get("nbgrader") == {}:
            del cell.metadata["nbgrader"]
    return nb, resources


DeduplicateIds.preprocess = deduplicate_ids

# Only where AUTOTEST is used; both are keyed by kernel, and replace nbgrader's own tables.
c.InstantiateTests.comment_strs = {"socketlab": "//", "python3": "#"}
c.InstantiateTests.sanitizers = {"socketlab": lambda s: s, "python3": lambda s: s.strip('"').strip("'")}
`
