"""nbgrader's own commands on a course that is there: makes the assignment, grades what was handed in, gives feedback."""

import json
import os
import subprocess
import sys
from pathlib import Path

from returning import call


def nbgrader(*args, may_fail=False):
    done = subprocess.run([sys.executable, "-m", "nbgrader", *args], text=True, capture_output=True, timeout=550)
    if done.returncode != 0 and not may_fail:
        raise RuntimeError(f"nbgrader {' '.join(args)}:\n{done.stdout}{done.stderr}")
    return done.stdout + done.stderr


def generate(folder, name):
    """The notebook that students get."""
    os.chdir(folder)
    nbgrader("generate_assignment", name)
    return json.loads((Path("release") / name / f"{name}.ipynb").read_text())


def grade(folder, name):
    """By student the points of each graded cell; what autograde said."""
    os.chdir(folder)
    # It ends with 1 where a submission could not be graded, and grades the others all the same.
    log = nbgrader("autograde", name, may_fail=True)
    from nbgrader.api import Gradebook

    scores = {}
    with Gradebook("sqlite:///gradebook.db") as gradebook:
        for submission in gradebook.assignment_submissions(name):
            grades = {one.name: one.auto_score for notebook in submission.notebooks for one in notebook.grades}
            scores[submission.student.id] = grades
    return {"scores": scores, "log": log[-20000:]}


def report(folder, name):
    """Who has feedback, and the exported table."""
    os.chdir(folder)
    nbgrader("generate_feedback", name)
    nbgrader("export")
    feedback = sorted(path.parent.parent.name for path in Path("feedback").glob(f"*/{name}/{name}.html"))
    return {"feedback": feedback, "export": Path("grades.csv").read_text()}


if __name__ == "__main__":
    call({"generate": generate, "grade": grade, "report": report})
