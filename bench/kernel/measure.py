"""
Measures kernels side by side, taking turns. Reads {kernels, node, quick} as JSON from the file named, writes JSON
Lines to stdout: {"kernel", "row", "values"} with one value a repetition, None for what never came. Judges nothing.
"""
import json
import signal
import subprocess
import sys
import tempfile

from cells import Python, TypeScript
from client import Kernel, now

# Ended from outside: the kernels are to go too.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
with open(sys.argv[1]) as file:
    PLAN = json.load(file)
QUICK, KERNELS = PLAN["quick"], PLAN["kernels"]
BEGAN = now()


measuring = True


def emit(kernel, row, values):
    if measuring:
        print(json.dumps(dict(kernel=kernel, row=row, values=values)), flush=True)


def cells_of(spec):
    return Python if spec["language"] == "python" else TypeScript


def starts(name, spec, cells):
    with Kernel(spec) as kernel:
        emit(name, "start", [kernel.ready()])
    with Kernel(spec) as kernel:
        kernel.ready()
        first = kernel.run("1 + 1")
        emit(name, "first", [first.replied and (first.replied - kernel.started) * 1000])


def session(name, spec, cells):
    """One long session, as a learner's: idle memory, warm cells, 300 realistic ones, editing help, memory, a loop."""
    with Kernel(spec) as kernel:
        kernel.ready()
        kernel.run("1 + 1")
        kernel.until(lambda: False, 1.5)
        emit(name, "memory idle", [kernel.memory()])
        for _ in range(10):
            kernel.run(cells.let)
        emit(name, "warm", [kernel.run(cells.let).ms for _ in range(40 if QUICK else 100)])
        loop(name, kernel, cells, "loop")
        replies = [kernel.run(cells.realistic(i)) for i in range(300)]
        emit(name, "cells ok", [sum(reply.ok for reply in replies)])
        times = [reply.ms for reply in replies]
        emit(name, "cells 1-30", times[:30])
        emit(name, "cells 271-300", times[270:])
        kernel.until(lambda: False, 1.5)
        emit(name, "memory 300", [kernel.memory()])
        editing(name, kernel, cells)
        loop(name, kernel, cells, "loop at cell 300")


def editing(name, kernel, cells):
    many = 15 if QUICK else 40
    kernel.run(cells.member)
    for row, pattern, expected in (
        ("complete member", cells.complete_member, cells.member_found),
        ("complete unrun", cells.complete_unrun, cells.unrun_found),
    ):
        answers = [kernel.complete(pattern.format(i=i)) for i in range(many)]
        emit(name, row, [answer.ms for answer in answers])
        found = [any(match.endswith(expected) for match in (answer.reply or {}).get("matches", [])) for answer in answers]
        emit(name, row + " found", [sum(found) / many])
    answers = [kernel.inspect(*cells.inspect) for i in range(many)]
    emit(name, "inspect", [answer.ms for answer in answers])
    emit(name, "inspect found", [sum(bool((answer.reply or {}).get("found")) for answer in answers) / many])


def loop(name, kernel, cells, row):
    if not cells.loop:
        return
    kernel.run(cells.loop_before)
    printed = [kernel.run(cells.loop).printed.strip() for _ in range(3 if QUICK else 7)]
    emit(name, row, [float(text) if text.replace(".", "").isdigit() else None for text in printed])


def script():
    """The loop's cells as one file, each run in a new Node."""
    code = TypeScript.loop_before.replace(": number", "") + "\n" + TypeScript.loop
    with tempfile.NamedTemporaryFile("w", suffix=".cjs") as file:
        file.write(code)
        file.flush()
        done = subprocess.run([PLAN["node"], file.name], capture_output=True, text=True, timeout=30, check=True)
    emit("node script", "loop", [float(done.stdout)])
    emit("node script", "loop at cell 300", [float(done.stdout)])


def large_import(name, spec, cells):
    if not cells.large_import:
        return
    with Kernel(spec) as kernel:
        kernel.ready()
        request = kernel.run(cells.large_import)
        emit(name, "import", [request.ms if "read" in request.printed else None])


def flood(name, spec, cells):
    for lines in (10_000, 100_000):
        if name == "deno" and lines == 100_000 and QUICK:
            continue  # a message a line: 12 s
        with Kernel(spec) as kernel:
            kernel.ready()
            kernel.run("1 + 1")
            request = kernel.execute(cells.lines(lines))
            last = f"line {lines - 1}"
            whole = kernel.until(lambda: request.text and last in "".join(request.text[-3:]), 25, quiet=2)
            kernel.until(lambda: False, 0.3)
            emit(name, f"print {lines}", [(request.last_text - request.sent) * 1000 if whole else None])
            emit(name, f"print {lines} messages", [request.messages])
            emit(name, f"print {lines} after idle", [request.late])
            emit(name, f"print {lines} lost", [lines - request.printed.count("\n")])


def queued(name, spec, cells):
    with Kernel(spec) as kernel:
        kernel.ready()
        kernel.run("1 + 1")
        began = now()
        requests = [kernel.execute(cells.queued(i)) for i in range(1000)]
        # From the last backwards: kernels answer in order.
        kernel.until(lambda: requests[-1].replied and all(r.replied for r in requests), 20, quiet=3)
        ended = max((r.replied for r in requests if r.replied), default=None)
        ok = sum(r.ok for r in requests)
        emit(name, "queued", [ok / (ended - began) if ended else None])
        emit(name, "queued ok", [ok])


def interrupts(name, spec, cells):
    kinds = {**cells.stuck, **(cells.stuck_ours if name == "socketlab" else {})}
    many = 3 if QUICK else 8
    for kind, code in kinds.items():
        times, kept = [], 0
        with Kernel(spec) as kernel:
            kernel.ready()
            kernel.run(cells.keep)
            for _ in range(many):
                request = kernel.execute(code)
                kernel.until(lambda: request.text, 3)
                kernel.until(lambda: False, 0.1)
                if request.replied:
                    print(f"  {name}: {kind} ended by itself: {request.reply}", file=sys.stderr)
                times.append(None if request.replied else kernel.interrupt(request))
                kernel.until(lambda: False, 0.3)  # tslab aborts whatever comes within 200 ms
                alive = "42" in kernel.run(cells.kept, 2).printed
                kept += alive
                if not alive or times[-1] is None:
                    break
        emit(name, f"interrupt {kind}", times)
        emit(name, f"interrupt {kind} kept", [kept / len(times)])


def turns(what, rounds, until):
    for turn in range(rounds):
        order = list(KERNELS.items())
        for name, spec in order[turn % len(order) :] + order[: turn % len(order)]:
            if now() > BEGAN + until * PLAN["seconds"]:
                print(f"out of time: {what.__name__} ended early", file=sys.stderr)
                return
            print(f"  {what.__name__} {turn + 1}/{rounds}: {name}", file=sys.stderr, flush=True)
            what(name, spec, cells_of(spec))


# row -> what, rounds when quick, rounds, the part of the whole time by which it ends: a slow row does not starve others
ROWS = {
    "starts": (starts, 4, 12, 0.2),
    "session": (session, 1, 4, 0.5),
    "import": (large_import, 2, 6, 0.6),
    "flood": (flood, 1, 3, 0.75),
    "queued": (queued, 1, 3, 0.85),
    "interrupts": (interrupts, 1, 1, 1),
}

def run_before(what):
    """Our cells are run again, as a notebook's mostly are; `new cells` are those that are run for the first time."""
    global measuring
    if "socketlab" not in KERNELS or what not in (starts, session, large_import):
        return
    measuring = False
    print(f"  {what.__name__}, not measured: socketlab", file=sys.stderr, flush=True)
    what("socketlab", KERNELS["socketlab"], TypeScript)
    measuring = True


for row, (what, quick, full, until) in ROWS.items():
    if PLAN["only"] is None or row in PLAN["only"].split(","):
        run_before(what)
        turns(what, quick if QUICK else full, 1 if PLAN["only"] else until)
        if row == "session":
            for _ in range(3 if QUICK else 10):
                script()
