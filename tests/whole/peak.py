"""Run a command and tell how much memory it took at most."""

import subprocess
import sys

# what `wait4` tells of a child counts the memory of the process that it was forked from, so a small one is put between
_BETWEEN = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[2:]).returncode
with open(sys.argv[1], "w") as file:
    file.write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
sys.exit(code)
"""


def run_measured(arguments, *, cwd, note, env=None):
    """Return the finished process and its peak memory in kilobytes; `note` is a file to tell it in."""
    done = subprocess.run(
        [sys.executable, "-c", _BETWEEN, str(note), *arguments],
        cwd=cwd, env=env, capture_output=True, check=False,
    )  # fmt: skip
    return done, int(note.read_text())
