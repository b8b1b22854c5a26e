"""nbgrader: makes an assignment of a TypeScript notebook, hands in for six students, grades, and returns the scores."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from returning import call

CONFIG = """
c.CourseDirectory.course_id = "sockets"
c.ClearSolutions.code_stub = {"typescript": "// YOUR CODE HERE\\nthrow new Error('Not implemented')"}
c.Execute.timeout = 10
c.Execute.interrupt_on_timeout = True
c.Execute.error_on_timeout = {"ename": "CellTimeoutError", "evalue": "", "traceback": ["No reply before timeout"]}
"""

SOLUTION = "function addAll(numbers: number[]): number {\n  %s\n}"
BODY = "// BEGIN SOLUTION\n  return numbers.reduce((sum, n) => sum + n, 0)\n  // END SOLUTION"


def nbgrader(*args):
    done = subprocess.run([sys.executable, "-m", "nbgrader", *args], text=True, capture_output=True, timeout=200)
    if done.returncode != 0 and args[0] != "autograde":
        raise RuntimeError(f"nbgrader {' '.join(args)}:\n{done.stdout}{done.stderr}")
    return done.stdout + done.stderr


def cell(grade_id, source, points=None, solution=False):
    marks = {"schema_version": 3, "grade_id": grade_id, "grade": points is not None, "locked": not solution, "solution": solution, "task": False}
    if points is not None:
        marks["points"] = points
    return {"cell_type": "code", "id": grade_id, "metadata": {"nbgrader": marks}, "source": source, "outputs": [], "execution_count": None}


def assignment():
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {
            "kernelspec": {"name": "socketlab", "language": "typescript", "display_name": "TypeScript (socketlab)"},
            "language_info": {"name": "typescript", "file_extension": ".ts"},
        },
        "cells": [
            cell("add", SOLUTION % BODY, solution=True),
            # Partial credit: the last value, a plain number.
            cell("partial", "let points = 0\nif (addAll([1, 2]) === 3) points += 2.5\nif (addAll([]) === 0) points += 1.5\npoints", 4),
            # Hidden tests, with a socket: all or nothing.
            cell(
                "all",
                "const [left, right] = socket.socketpair()\nawait left.sendall(bytes`1 2 3`)\n"
                "const sum = addAll((await right.recv(100)).toString().split(' ').map(Number))\n"
                "// BEGIN HIDDEN TESTS\nif (sum !== 6) throw new Error(`1 + 2 + 3 is not ${sum}`)\n// END HIDDEN TESTS",
                2,
            ),
        ],
    }


def grade(folder, answers):
    """`answers`: by student, the function's body. Returns by student the points of each graded cell."""
    course = Path(folder)
    (course / "source" / "ps1").mkdir(parents=True)
    (course / "nbgrader_config.py").write_text(CONFIG)
    (course / "source" / "ps1" / "sums.ipynb").write_text(json.dumps(assignment()))
    os.chdir(course)
    nbgrader("generate_assignment", "ps1")
    released = json.loads((course / "release" / "ps1" / "sums.ipynb").read_text())
    texts = ["".join(one["source"]) for one in released["cells"]]
    for student, body in json.loads(answers).items():
        target = course / "submitted" / student / "ps1"
        shutil.copytree(course / "release" / "ps1", target)
        if body is not None:
            handed_in = json.loads(json.dumps(released))
            handed_in["cells"][0]["source"] = SOLUTION % body
            (target / "sums.ipynb").write_text(json.dumps(handed_in))
    log = nbgrader("autograde", "ps1")

    from nbgrader.api import Gradebook

    scores = {}
    with Gradebook("sqlite:///gradebook.db") as gradebook:
        for submission in gradebook.assignment_submissions("ps1"):
            grades = {one.name: one.auto_score for one in submission.notebooks[0].grades}
            scores[submission.student.id] = [grades["partial"], grades["all"]]
    return {"released": texts, "scores": scores, "log": log[-6000:]}


if __name__ == "__main__":
    call({"grade": grade})
