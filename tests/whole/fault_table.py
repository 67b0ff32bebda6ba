"""The table of faults in docs/faults.md: its rows are what the tests say."""

import json
import os
import re
from pathlib import Path

import pytest

DOC = Path(__file__).parents[2] / "docs" / "faults.md"
TRIED: dict[str, list[str]] = {}


def fault(section, tried):
    """Mark a test, or one of its cases, as a row of the table."""
    TRIED.setdefault(section, []).append(tried)
    return pytest.mark.fault(section, tried)


def rows():
    """Return the rows of the committed table: what was tried, to what happened."""
    lines = re.findall(r"^\| (.+?) \| (.+) \|$", DOC.read_text("utf-8"), re.MULTILINE)
    return {tried: happened for tried, happened in lines if not tried.startswith(("tried", "---"))}


def cell(text):
    """Return a text as a cell: one line, no bars or markup."""
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


def settled(text):
    """Return what happened without what differs from run to run: the folders of paths."""
    return cell(re.sub(r"/tmp/[^\s'\"]*/", "", text))


@pytest.fixture
def told(request):
    """Return a function that holds what happened against the committed table, or notes it for a new one."""
    section, tried = request.node.get_closest_marker("fault").args

    def tell(happened):
        row = settled(happened)
        if notes := os.environ.get("DATELINE_FAULTS"):
            with Path(notes).open("a", encoding="utf-8") as file:
                file.write(json.dumps([section, cell(tried), row]) + "\n")
            return
        assert rows().get(cell(tried)) == row, "scripts/write_faults.py writes the table again"

    return tell
