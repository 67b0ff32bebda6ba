"""How long whole commands take, beside what Python and the libraries alone take in the same run.

    python benchmarks/commands.py [ARTICLE --published DAY]

Prints the median wall time of each command over five runs, after one that is not counted, and its
ratio to the baseline named beside it.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
RUNS = 5
EXAMPLE = [str(ROOT / "examples" / "kursk" / "article.txt")]


def seconds(command: list[str]) -> float:
    """Return the median wall time of a command, which must succeed."""
    times = []
    for run in range(RUNS + 1):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        if run:
            times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    """Time each command and print a row for it."""
    article = sys.argv[1:] or EXAMPLE
    python = [sys.executable, "-c"]
    dateline = [sys.executable, "-m", "dateline"]
    with tempfile.TemporaryDirectory() as folder:
        page = str(Path(folder) / "page.html")
        rows = [
            ("--help", [*dateline, "--help"], "python", [*python, "pass"]),
            (
                "locate",
                [*dateline, "locate", "western Kursk"],
                "import geopandas",
                [*python, "import geopandas"],
            ),
            (
                "map",
                [*dateline, "map", *article, "-o", page, "--overwrite"],
                "import geopandas, folium",
                [*python, "import geopandas, folium"],
            ),
        ]
        print(f"{'command':10} {'seconds':>8}   {'baseline':26} {'seconds':>8} {'ratio':>6}")
        for name, command, base, baseline in rows:
            ours, theirs = seconds(command), seconds(baseline)
            print(f"{name:10} {ours:8.2f}   {base:26} {theirs:8.2f} {ours / theirs:6.1f}")


if __name__ == "__main__":
    main()
