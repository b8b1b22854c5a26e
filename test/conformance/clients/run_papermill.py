"""papermill: with parameters, given to a language that it does not know by itself."""

import papermill
from papermill.translators import Translator, papermill_translators

from returning import call


class TypeScript(Translator):
    """What a course that uses papermill's parameters registers; papermill has no entry point for it."""

    @classmethod
    def translate_none(cls, value):
        return "null"

    @classmethod
    def translate_dict(cls, value):
        return "{ " + ", ".join(f"{cls.translate_str(key)}: {cls.translate(one)}" for key, one in value.items()) + " }"

    @classmethod
    def translate_list(cls, value):
        return "[" + ", ".join(map(cls.translate, value)) + "]"

    @classmethod
    def comment(cls, text):
        return f"// {text}".strip()

    @classmethod
    def assign(cls, name, text):
        # A cell of its own after the notebook's parameters: the name is declared again.
        return f"let {name} = {text}"


def run(path, known, **parameters):
    if known == "known":
        papermill_translators.register("typescript", TypeScript)
    given = {} if known == "none" else {"count": 3, "name": 'Ada "A"', "ports": [1, 2], "deep": {"a": 1.5}, "on": True}
    try:
        done = papermill.execute_notebook(path, "out.ipynb", given, progress_bar=False)
    except papermill.exceptions.PapermillException as error:
        return {"error": str(error)}
    outputs = [output for cell in done.cells if cell.cell_type == "code" for output in cell.outputs]
    return {"texts": [one.get("text") or one["data"]["text/plain"] for one in outputs]}


if __name__ == "__main__":
    call({"run": run})
