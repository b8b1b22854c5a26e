"""What the scripts beside this one share: a function named on the command line is called, and its result printed as JSON."""

import json
import sys


def call(functions):
    name, *args = sys.argv[1:]
    result = functions[name](*args)
    print("\nreturned: " + json.dumps(result), flush=True)
