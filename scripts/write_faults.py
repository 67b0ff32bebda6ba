"""Write docs/faults.md: what was tried, and what happened, as the tests saw it just now.

Usage: python scripts/write_faults.py [ROUNDS]

ROUNDS is at how many random moments each command is killed, 10 where not given.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
HEAD = """\
# Faults and hostile files

Made by the tests in `tests/whole/test_faults.py` and `test_hostile_files.py`, with real processes;
`python scripts/write_faults.py` tries all of it again and writes this page, and the tests fail where it says
something else than what happens. Beside these, `python scripts/fuzz.py` gives every reader files with random
damage: no traceback, no hang, no more than a gigabyte.
"""


def main() -> int:
    """Run the tests and write their table."""
    rounds = sys.argv[1] if len(sys.argv) > 1 else "10"
    with TemporaryDirectory() as folder:
        notes = Path(folder, "rows.jsonl")
        tests = ["tests/whole/test_faults.py", "tests/whole/test_hostile_files.py"]
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "pytest",
                "-q",
                *tests,
                "--deselect",
                f"{tests[0]}::test_the_table_holds_nothing_else",
            ],
            cwd=ROOT,
            env={**os.environ, "DATELINE_FAULTS": str(notes), "DATELINE_ROUNDS": rounds},
            check=False,
        )
        rows = [json.loads(line) for line in notes.read_text("utf-8").splitlines()]
    if done.returncode:
        return done.returncode
    (ROOT / "docs" / "faults.md").write_text(HEAD + _tables(rows), "utf-8")
    return 0


def _tables(rows: list[list[str]]) -> str:
    """Return one table a section, in the order of the tests."""
    sections = dict.fromkeys(section for section, _, _ in rows)
    lines: list[str] = []
    for name in sections:
        lines += ["", f"## {name}", "", "| tried | what happened |", "|---|---|"]
        lines += [
            f"| {tried} | {happened} |" for section, tried, happened in rows if section == name
        ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
