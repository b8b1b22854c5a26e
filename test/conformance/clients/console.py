"""jupyter console in a pseudo-terminal, driven as by a person: what is typed, and what then stands there."""

import os
import re
import sys

import pexpect

from returning import call

PATIENCE = 30


class Terminal:
    """What is typed is shown several times, as the console's line editor redraws it: so answers differ from it."""

    def __init__(self):
        env = {**os.environ, "PROMPT_TOOLKIT_NO_CPR": "1", "TERM": "xterm"}
        args = [os.path.join(os.path.dirname(__file__), "console_app.py"), "--kernel", "socketlab"]
        self.child = pexpect.spawn(sys.executable, args, env=env, timeout=PATIENCE, encoding="utf-8", dimensions=(50, 120))
        self.seen = []

    def see(self, *texts):
        for text in texts:
            # Colours may stand between any two characters.
            self.child.expect(r"(?:\x1b\[[0-9;?]*[A-Za-z])*".join(map(re.escape, text)))
            self.seen.append(text)

    def type(self, text):
        self.child.send(text)


def conversation():
    """Returns what has been seen, in its order; what does not come is an exception that shows the screen."""
    terminal = Terminal()
    see, type = terminal.see, terminal.type
    see("In [1]:")
    type("6 * 7\r")
    see("Out[1]: 42", "In [2]:")
    type('throw new RangeError("too " + "far")\r')
    see("RangeError: too far", "In [3]:")
    type("const s: string = 5\r")
    see("TS2322", "In [4]:")

    type('console.log("be" + "gun"); for (;;) {}\r')
    see("begun")
    terminal.child.sendintr()
    see("KeyboardInterrupt", "In [5]:")
    type('console.log("wait" + "ing"); await new Promise(() => {})\r')
    see("waiting")
    terminal.child.sendintr()
    see("KeyboardInterrupt", "In [6]:")

    # Enter goes on to the next line while the cell is incomplete.
    type("function twice(n: number) {\r")
    see("...:")
    type("return n * 2 }\r\r")
    see("In [7]:")
    type("twice(50)\r")
    see("Out[7]: 100", "In [8]:")

    type('"x".toUpperCa\t')
    see("toUpperCase")
    type("()\r")
    see("Out[8]: 'X'", "In [9]:")

    type('const who = await input("Na" + "me? ")\r')
    see("Name? ")
    type("Ada\r")
    see("In [10]:")
    type("who + 1\r")
    see("Out[10]: 'Ada1'", "In [11]:")

    type("\x04")
    see("exit")
    type("y\r")
    terminal.child.expect(pexpect.EOF)
    terminal.child.close()
    return {"seen": terminal.seen, "exit": terminal.child.exitstatus}


if __name__ == "__main__":
    call({"conversation": conversation})
