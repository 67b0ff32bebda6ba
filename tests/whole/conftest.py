"""Whole commands, as a user runs them."""

import subprocess
import sys

import pytest
from reports_at_hand import ROOT


@pytest.fixture(scope="session")
def dateline(gazetteer):
    """Return a function that runs the command in a new process; the place index is there already."""
    del gazetteer

    def run(*arguments, cwd=ROOT, stdin=None, **environment):
        import os

        return subprocess.run(
            [sys.executable, "-m", "dateline", *map(str, arguments)],
            cwd=cwd,
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
            env={**os.environ, **environment},
        )

    return run
