"""Measure how fast a plain CSV is read: `python benchmarks/tables.py [ROWS]`.

Writes a table with dates, places, coordinates, sides and figures into a temporary folder, and prints
rows a second of CPU time, and the ratio to `pandas.read_csv` of all cells as text in the same run,
which does no more than find the cells. Floor: 50,000 rows a second.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from dateline.reports.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Callable

SEED = 7
FLOOR = 50_000


def written(folder: Path, count: int) -> Path:
    """Return the path of a table of `count` rows written here."""
    random = np.random.default_rng(SEED)
    days = pd.to_datetime("2022-02-24") + pd.to_timedelta(random.integers(0, 1000, count), "D")
    number = np.arange(count)
    frame = pd.DataFrame(
        {
            "date": days.strftime("%Y-%m-%d"),
            "place": [f"Village {i}" for i in number % 5000],
            "lat": random.uniform(46, 54, count).round(5),
            "lon": random.uniform(30, 40, count).round(5),
            "side": np.where(number % 2, "Ukraine", "Russia"),
            "type": "Battles",
            "killed": number % 7,
            "source": [f"Paper {i}" for i in number % 50],
            "notes": [f"Note {i} on what was reported" for i in number],
        }
    )
    path = folder / "events.csv"
    frame.to_csv(path, index=False)
    return path


def seconds(job: Callable[[], object]) -> float:
    """Return the CPU time of one run."""
    start = time.process_time()
    job()
    return time.process_time() - start


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory(prefix="dateline-") as folder:
        path = written(Path(folder), count)
        baseline = seconds(lambda: pd.read_csv(path, dtype=str, engine="c"))
        spent = seconds(lambda: read_table(path))
    print(f"{count} rows: {count / spent:.0f} rows/s, {spent / baseline:.1f} x pandas.read_csv")
    print("floor held" if count / spent >= FLOOR else f"below the floor of {FLOOR} rows/s")


if __name__ == "__main__":
    main()
