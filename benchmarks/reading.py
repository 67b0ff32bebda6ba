"""Measure how fast articles are read: `python benchmarks/reading.py [--words 300] [--profile] [--lang CODE]`.

Articles are composed of the development reports of one language until they have 300 words (600
characters where a script has no spaces). Prints articles a second of CPU time on one core. First the
events of each article are read once, after one other report of each language: names, words and rules not
met before cost most. Then, with what is remembered warm: all mentions without places, places too, and the
events; and the share of each stage. A baseline of the same run, `str.split` and one dictionary look-up a
word, gives the ratio that outlives the machine.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import re
import time
from collections import defaultdict
from typing import TYPE_CHECKING

from gold import GOLD, entries_of

from dateline.geo.geocoder import Geocoder
from dateline.reports import annotation
from dateline.reports.events import events_of
from dateline.reports.language import detect_language
from dateline.reports.report import Report

if TYPE_CHECKING:
    from collections.abc import Callable

    from dateline.geo.geocoder import Context, Found

_UNSPACED = {"ja", "zh"}
_CHARACTERS_A_WORD = 2
_A_LANGUAGE = 2
_TIMES = 3
STAGES = (
    "read",
    "find_actors",
    "find_units",
    "find_dates",
    "attributions",
    "find_casualties",
    "_types",
    "_places",
)


class NoPlaces:
    """A geocoder that finds nothing, so that the rest is measured alone."""

    def find(self, text: str, language: str, context: Context | None = None) -> list[Found]:
        """Return nothing."""
        del text, language, context
        return []


def size(text: str, language: str) -> int:
    """Return the number of words of a text, two characters each where there are no spaces."""
    return len(text) // _CHARACTERS_A_WORD if language in _UNSPACED else len(text.split())


def shortened(text: str, words: int, language: str) -> str:
    """Return the first `words` words of a text."""
    if language in _UNSPACED:
        return text[: words * _CHARACTERS_A_WORD]
    return text[: list(re.finditer(r"\S+", text))[:words][-1].end()]


def articles(words: int, language: str | None) -> list[Report]:
    """Return articles of `words` words out of the development reports, two a language."""
    by_language: dict[str, list[dict]] = defaultdict(list)
    for entry in entries_of(GOLD, language):
        by_language[entry["lang"]].append(entry)
    made = []
    for code, entries in sorted(by_language.items()):
        for first in range(min(len(entries), _A_LANGUAGE)):
            parts: list[str] = []
            for number in range(first, first + 1000):
                parts.append(entries[number % len(entries)]["text"])
                if size("\n".join(parts), code) >= words:
                    break
            text = shortened("\n".join(parts), words, code)
            made.append(Report(f"{code}-{first}", text, code, entries[first]["published"]))
    return made


def seconds(job: Callable[[Report], object], reports: list[Report]) -> float:
    """Return the CPU time of all reports, each the least of three: what others do on the machine adds.

    All are read before one is read again, as the last text is remembered.
    """
    least = [float("inf")] * len(reports)
    for _ in range(_TIMES):
        for number, report in enumerate(reports):
            start = time.process_time()
            job(report)
            least[number] = min(least[number], time.process_time() - start)
    return sum(least)


def baseline(report: Report) -> int:
    """Count the words of a report."""
    counts: dict[str, int] = {}
    for word in report.text.split():
        counts[word] = counts.get(word, 0) + 1
    return len(counts)


def first_reading(reports: list[Report], geocoder: Geocoder) -> float:
    """Return the CPU time of reading each article for the first time, after one other report of each language."""
    others = {entry["lang"]: entry for entry in entries_of(GOLD, None)}  # the last of each language
    for code in dict.fromkeys(report.language for report in reports):
        entry = others[code]
        other = Report(code, entry["text"], code, entry["published"])
        events_of(other, annotation.annotate(other, geocoder))
    start = time.process_time()
    for report in reports:
        events_of(report, annotation.annotate(report, geocoder))
    return time.process_time() - start


def shares(reports: list[Report], geocoder: Geocoder) -> dict[str, float]:
    """Return the CPU time of each stage of `annotate` over all reports."""
    spent: dict[str, float] = defaultdict(float)
    kept = {name: getattr(annotation, name) for name in STAGES}

    def timed(name: str, job: Callable) -> Callable:
        def run(*given: object) -> object:
            start = time.process_time()
            try:
                return job(*given)
            finally:
                spent[name] += time.process_time() - start

        return run

    class Timed:
        find = staticmethod(timed("places", geocoder.find))

    try:
        for name, job in kept.items():
            setattr(annotation, name, timed(name, job))
        for report in reports:
            annotation.annotate(report, Timed())
    finally:
        for name, job in kept.items():
            setattr(annotation, name, job)
    return dict(spent)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", type=int, default=300)
    parser.add_argument("--lang", help="only articles in this language (ISO 639-1)")
    parser.add_argument("--profile", choices=("mentions", "places"), help="print a profile instead")
    options = parser.parse_args()
    reports = articles(options.words, options.lang)
    geocoder = Geocoder.open()
    nothing = NoPlaces()
    first = first_reading(reports, geocoder)
    if options.profile:
        with cProfile.Profile() as profile:
            for report in reports:
                annotation.annotate(report, nothing if options.profile == "mentions" else geocoder)
        pstats.Stats(profile).sort_stats("tottime").print_stats(35)
        return
    jobs: dict[str, Callable[[Report], object]] = {
        "baseline": baseline,
        "mentions without places": lambda report: annotation.annotate(report, nothing),
        "mentions with places": lambda report: annotation.annotate(report, geocoder),
        "events": lambda report: events_of(report, annotation.annotate(report, geocoder)),
        "language": lambda report: detect_language(report.text),
    }
    print(
        f"{len(reports)} articles, {sum(len(r.text) for r in reports) // len(reports)} characters"
    )
    counted = seconds(jobs["baseline"], reports)
    print(f"{'events, first reading':24} {len(reports) / first:7.0f} articles/s")
    for name, job in jobs.items():
        spent = seconds(job, reports)
        print(
            f"{name:24} {len(reports) / spent:7.0f} articles/s, {spent / counted:6.0f} x baseline"
        )
    stages = shares(reports, geocoder)
    total = sum(stages.values())
    print(*(f"{name} {100 * part / total:.0f} %" for name, part in stages.items()), sep=", ")


if __name__ == "__main__":
    main()
