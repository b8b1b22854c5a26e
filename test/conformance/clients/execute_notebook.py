"""nbclient: runs a notebook as `jupyter execute` and graders do, and returns its cells' outputs."""

import asyncio
import json
import time

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from returning import call


def plainly(outputs):
    """An output as a short list: its kind, and what the reader sees of it."""
    short = []
    for one in [*outputs[:20], *outputs[20:][-5:]]:
        if one.output_type == "stream":
            # An endless print leaves more than a test wants to see.
            short.append([one.name, one.text[:300_000]])
        elif one.output_type == "error":
            short.append(["error", one.ename, one.evalue, "\n".join(one.traceback)])
        else:
            short.append([one.output_type, dict(one.data)])
    return short


def seconds_for(cell):
    """A cell's own time-out, by its metadata; else what suffices also on a machine that is busy with other things."""
    return cell.metadata.get("timeout", 60)


def execute(path, options="{}"):
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(notebook, kernel_name="socketlab", timeout_func=seconds_for, **json.loads(options))
    failure = None
    began = time.monotonic()
    try:
        client.execute()
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        failure = {"type": type(error).__name__, "text": str(error)}
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return {
        "failure": failure,
        "seconds": time.monotonic() - began,
        "outputs": [plainly(cell.outputs) for cell in code],
        "counts": [cell.execution_count for cell in code],
    }


def execute_many(path, count):
    """The notebook in several kernels at the same time, as a grader with many workers."""

    async def all_of_them():
        notebooks = [nbformat.read(path, as_version=4) for _ in range(int(count))]
        clients = [NotebookClient(one, timeout=30, kernel_name="socketlab") for one in notebooks]
        await asyncio.gather(*(client.async_execute() for client in clients))
        return [[plainly(cell.outputs) for cell in one.cells] for one in notebooks]

    return asyncio.run(all_of_them())


if __name__ == "__main__":
    call({"execute": execute, "execute_many": execute_many})
