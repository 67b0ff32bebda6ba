"""Whole commands, as a user runs them."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
BESIDE = ROOT.parent / "shared" / "examples"  # reports that may be read but not copied

collect = BESIDE.glob("kursk_article_id.txt") if BESIDE.is_dir() else ()
FIRST_REPORT = next(iter(collect), None)


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
