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

# Graded cells that a student has deleted come back, and are graded with the others. nbgrader 0.9.6 finds their place only
# where the cell before is there and a solution or a check: else the whole submission would have no score. And it writes a
# note above them, as a comment of Python; in TypeScript that is a mistake, so it is made a comment there.
c.OverwriteCells.add_missing_cells = True


def add_missing_cells(self, nb, resources):
    notebook = self.gradebook.find_notebook(self.notebook_id, self.assignment_id)
    graded = {cell.name: cell.max_score for cell in notebook.grade_cells}
    answers = {cell.name for cell in notebook.solution_cells}
    place = 0
    for cell in notebook.source_cells:
        there = [at for at, one in enumerate(nb.cells) if one.metadata.get("nbgrader", {}).get("grade_id") == cell.name]
        if there:
            place = there[-1] + 1
        elif cell.name in graded:
            self.log.warning(f"Missing grade cell {cell.name} encountered, adding to notebook")
            added = self.missing_cell_transform(cell, graded[cell.name], is_solution=cell.name in answers)
            language = nb.metadata.get("kernelspec", {}).get("language")
            if added.cell_type == "code" and language in ("typescript", "javascript"):
                added.source = "//" + added.source[1:]
            nb.cells.insert(place, added)
            place += 1
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
