"""The gold reports that benchmarks read."""

from __future__ import annotations

import tomllib
from pathlib import Path

GOLD = Path(__file__).parents[1] / "tests" / "reports" / "devset"


def entries_of(gold: Path, language: str | None) -> list[dict]:
    """Return the reports of a file, or of every file in a folder, in one language or all."""
    files = sorted(gold.glob("*.toml")) if gold.is_dir() else [gold]
    entries = [
        entry for file in files for entry in tomllib.loads(file.read_text("utf-8"))["report"]
    ]
    return [entry for entry in entries if language in {None, entry["lang"]}]
