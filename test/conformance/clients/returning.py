"""What the scripts beside this one share: a function named on the command line is called, and its result written as JSON."""

import json
import os
import sys


def call(functions):
    name, *args = sys.argv[1:]
    result = functions[name](*args)
    # Not among what is printed: there the lines of several processes can be mixed.
    with open(os.environ["RESULT_FILE"], "w") as file:
        json.dump(result, file)
