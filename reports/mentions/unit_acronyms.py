"""Acronyms that a report itself explains: "the people's defence forces (PDF)", and PDF from there on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.reports.mentions.unit_runs import UnitRun
    from dateline.reports.reading import Reading

__all__ = ["bracketed"]

_LETTERS = range(2, 9)


def bracketed(reading: Reading, runs: list[UnitRun]) -> list[UnitRun]:
    """Return further mentions of formations by the acronyms that stand in brackets after their names.

    Parameters
    ----------
    reading
        The report.
    runs
        The formations found by what is known of them.
    """
    taken = {index for run in runs for index in range(run.first, run.last)}
    meant: dict[str, UnitRun] = {}
    for run in runs:
        if (acronym := _acronym_after(reading, run)) is not None:
            meant.setdefault(acronym, run)
    if not meant:
        return []
    return [
        replace(meant[letters], first=index, last=index + 1)
        for index, letters in enumerate(reading.letters)
        if letters in meant and index not in taken
    ]


def _acronym_after(reading: Reading, run: UnitRun) -> str | None:
    """Return the acronym in brackets after a formation, null where none stands there."""
    letters = reading.letters[run.last : run.last + 3]
    opens, acronym, closes = (letters + [""] * 3)[:3]
    if opens not in {"(", "（"} or closes not in {")", "）", ",", "，"}:
        return None
    capitals = sum(letter.isupper() for letter in acronym)
    whole = acronym.isupper() or (capitals > 0 and len(acronym) <= 4)  # noqa: PLR2004 ("Ssa", "Farc")
    return acronym if whole and len(acronym) in _LETTERS and acronym.isalnum() else None
