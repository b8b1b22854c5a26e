"""
The cells that are measured, in the language of each kernel, each pair doing the same. Knows nothing of kernels.
"""


class TypeScript:
    let = "let x = 1"
    keep = "let keep = 41"
    kept = "console.log(keep + 1)"
    member = "const text = 'abc'"
    complete_member = "// {i}\ntext."
    member_found = "toUpperCase"
    complete_unrun = "const shape{i} = {{ width: 1, height: 2 }}\nshape{i}."
    unrun_found = "width"
    inspect = ("f5", 1)
    large_import = "import { z } from 'zod'\nconsole.log(z.string().parse('read'))"
    loop_before = "let limit = 3_000_000\nlet total = 0\nconst step = (n: number) => n % 7"
    loop = (
        "let own = 0\nconst began = performance.now()\n"
        "for (let i = 0; i < limit; i++) {\n  total += step(i)\n  own ^= i\n}\n"
        "console.log((performance.now() - began).toFixed(2))"
    )
    # name -> code; the first five have a counterpart in Python. Each prints when it is about to be stuck.
    stuck = {
        "for (;;) {}": "console.log('go')\nfor (;;) {}",
        "endless await": "console.log('go')\nawait new Promise(() => {})",
        "loop in a callback": "console.log('go')\nawait new Promise(() => setTimeout(() => { for (;;) {} }, 10))",
        "endless print": "for (;;) console.log('go: a line of text that floods the notebook')",
        "blocked call": "console.log('go')\nAtomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)",
    }
    stuck_ours = {
        "loop with try/catch": "console.log('go')\nwhile (true) { try { while (true) {} } catch {} }",
        "regular expression": "console.log('go');\n/(a+)+$/.test('a'.repeat(40) + 'b')",
        "loop after an await": "console.log('go')\nawait new Promise((done) => setTimeout(done, 10))\nfor (;;) {}",
        "microtask flood": "console.log('go')\nvoid (async () => { for (;;) await null })()\nawait new Promise((done) => setTimeout(done, 10))",
        "await server.accept()": (
            "console.log('go')\nconst server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)\n"
            "server.bind(['127.0.0.1', 0])\nserver.listen()\nawait server.accept()"
        ),
        "await input()": "console.log('go')\nawait input('name? ')",
        "child process": "import { spawnSync } from 'node:child_process'\nconsole.log('go')\nspawnSync('sleep', ['100'])",
    }

    @staticmethod
    def lines(n):
        return f"for (let i = 0; i < {n}; i++) console.log('line ' + i)"

    @staticmethod
    def queued(i):
        return f"{i} + 1"

    @staticmethod
    def realistic(i):
        before = f"f{i - 1}({{ id: {i}, name: 'before' }})" if i else "'first'"
        return (
            f"interface T{i} {{\n  id: number\n  name: string\n}}\n"
            f"const v{i}: T{i} = {{ id: {i}, name: {before} }}\n"
            f"function f{i}(value: T{i}): string {{\n  return value.name.slice(0, 5) + value.id\n}}\n"
            f"console.log(f{i}(v{i}))"
        )


class Python:
    let = "x = 1"
    keep = "keep = 41"
    kept = "print(keep + 1)"
    member = "text = 'abc'"
    complete_member = "# {i}\ntext."
    member_found = "upper"
    complete_unrun = "class Shape{i}:\n    width = 1\nshape{i} = Shape{i}()\nshape{i}."
    unrun_found = "width"
    inspect = ("f5", 1)
    large_import = None
    loop_before = loop = None
    stuck = {
        "for (;;) {}": "print('go', flush=True)\nwhile True: pass",
        "endless await": "import asyncio\nprint('go', flush=True)\nawait asyncio.Event().wait()",
        "loop in a callback": (
            "import asyncio\ndef spin():\n    while True: pass\nprint('go', flush=True)\n"
            "asyncio.get_running_loop().call_later(0.01, spin)\nawait asyncio.sleep(100)"
        ),
        "endless print": "while True: print('go: a line of text that floods the notebook')",
        "blocked call": "import time\nprint('go', flush=True)\ntime.sleep(100)",
    }
    stuck_ours = {}

    @staticmethod
    def lines(n):
        return f"for i in range({n}): print('line ' + str(i))"

    @staticmethod
    def queued(i):
        return f"{i} + 1"

    @staticmethod
    def realistic(i):
        before = f"f{i - 1}(T{i - 1}({i}, 'before'))" if i else "'first'"
        return (
            f"class T{i}:\n    def __init__(self, id: int, name: str):\n        self.id = id\n        self.name = name\n"
            f"v{i} = T{i}({i}, {before})\n"
            f"def f{i}(value: T{i}) -> str:\n    return value.name[:5] + str(value.id)\n"
            f"print(f{i}(v{i}))"
        )
