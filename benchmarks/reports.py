"""Measure the reading of reports against gold: `python benchmarks/reports.py [GOLD] [--held] [--lang CODE] [-v]`.

Prints per language and over all: places F1 (overlap; places beyond gold count as wrong, countries
that are no event location and datelines aside), event locations found and placed right of all
gold, dates F1, units with side F1, casualties F1, and articles a second after start-up.
"""

from __future__ import annotations

import argparse
import math
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from gold import GOLD, entries_of

from dateline.geo.geocoder import Geocoder
from dateline.reports.annotation import Annotation, annotate
from dateline.reports.language import detect_language
from dateline.reports.report import Report

if TYPE_CHECKING:
    from collections.abc import Callable

TASKS = ("places", "events", "dates", "units", "casualties")


class Score:
    """Hits, wrong and missed of one task."""

    def __init__(self) -> None:
        self.hits = self.wrong = self.missed = 0

    def f1(self) -> float:
        """Return F1, 1 where there was nothing to find and nothing was found."""
        total = 2 * self.hits + self.wrong + self.missed
        return 2 * self.hits / total if total else 1.0

    def recall(self) -> float:
        """Return the share of gold that was found."""
        total = self.hits + self.missed
        return self.hits / total if total else 1.0


def kilometres(one: tuple[float, float], two: tuple[float, float]) -> float:
    """Return the great-circle distance of two lon, lat pairs in kilometres (haversine, R 6371)."""
    (x1, y1), (x2, y2) = (tuple(map(math.radians, point)) for point in (one, two))
    inner = math.sin((y2 - y1) / 2) ** 2
    inner += math.cos(y1) * math.cos(y2) * math.sin((x2 - x1) / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(inner))


def split(entry: str) -> list[str]:
    """Return the members of one line of gold."""
    return [part.strip() for part in entry.split("|")]


def overlaps(text: str, gold: str, mention: dict) -> bool:
    """Return whether a mention overlaps an occurrence of the gold words."""
    start = text.find(gold)
    while start >= 0:
        if mention["start"] < start + len(gold) and start < mention["end"]:
            return True
        start = text.find(gold, start + 1)
    return False


def right_date(gold: list[str], mention: dict) -> bool:
    """Return whether the interval is the gold interval."""
    return [(mention[key] or "")[:10] for key in ("from", "to")] == gold[1:3]


def right_casualty(gold: list[str], mention: dict) -> bool:
    """Return whether figures and kind are those of gold."""
    shown = [str(mention[key]) if mention[key] is not None else "" for key in ("min", "max")]
    return shown == gold[1:3] and mention["kind"] == gold[3]


def compare(
    text: str, gold: list[list[str]], found: list[dict], right: Callable[..., bool], score: Score
) -> list[str]:
    """Count hits of one task and return what went wrong."""
    left = list(found)
    notes = []
    for entry in gold:
        hit = next((m for m in left if overlaps(text, entry[0], m) and right(entry, m)), None)
        if hit is None:
            score.missed += 1
            near = next((m for m in left if overlaps(text, entry[0], m)), None)
            notes.append(
                f"missed {entry} got {near and {k: near[k] for k in near if k not in ('start', 'end', 'bbox')}}"
            )
        else:
            score.hits += 1
            left.remove(hit)
    score.wrong += len(left)
    notes += [
        f"wrong {m['text']!r} {m.get('from', m.get('min', m.get('side')))} {m.get('kind', '')}"
        for m in left
    ]
    return notes


def extra_places(text: str, gold: list[list[str]], found: list[dict]) -> list[str]:
    """Return the words of places that gold does not have, countries and datelines aside."""
    return [
        mention["text"]
        for mention in found
        if not any(overlaps(text, entry[0], mention) for entry in gold)
        and (
            mention["is_event_location"]
            or (mention["kind"] not in {"country", "institution"} and mention["role"] != "dateline")
        )
    ]


def measure(entry: dict, annotation: Annotation, scores: dict[str, Score]) -> list[str]:
    """Add one report to `scores`; return its errors."""
    found, text = annotation.to_json(), entry["text"]
    places = [split(line) for line in entry["places"]]
    notes = [f"place wrong {words!r}" for words in extra_places(text, places, found["places"])]
    scores["places"].wrong += len(notes)
    for gold in places:
        hit = any(overlaps(text, gold[0], m) for m in found["places"])
        scores["places"].hits += hit
        scores["places"].missed += not hit
        if not hit:
            notes.append(f"place missed {gold[0]}")
        same = [m for m in found["places"] if overlaps(text, gold[0], m)]
        lon, lat = map(float, gold[2].split(","))
        good = any(
            m["is_event_location"]
            and m["lon"] is not None
            and kilometres((m["lon"], m["lat"]), (lon, lat)) <= float(gold[3])
            for m in same
        )
        if gold[1] == "E":
            scores["events"].hits += good
            scores["events"].missed += not good
            if not good:
                notes.append(
                    f"event place {gold[0]}: {[(m['role'], m['name'], m['lon'], m['lat']) for m in same]}"
                )
        elif any(m["is_event_location"] for m in same):
            scores["events"].wrong += 1
            notes.append(f"no event place {gold[0]}: {[m['role'] for m in same]}")
    for task, right in (
        ("dates", right_date),
        ("units", lambda g, m: m["side"] == g[1]),
        ("casualties", right_casualty),
    ):
        notes += [
            f"{task}: {note}"
            for note in compare(
                text, [split(x) for x in entry[task]], found[task], right, scores[task]
            )
        ]
    return notes


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="?", type=Path, default=GOLD)
    parser.add_argument("--held", action="store_true", help="only the reports kept back")
    parser.add_argument("--lang", help="only reports in this language (ISO 639-1)")
    parser.add_argument("-v", action="store_true", help="show errors (never of held reports)")
    options = parser.parse_args()
    entries = [x for x in entries_of(options.gold, options.lang) if x["held"] == options.held]
    geocoder = Geocoder.open()
    scores: dict[str, dict[str, Score]] = defaultdict(lambda: defaultdict(Score))
    reports = [Report(x["id"], x["text"], x["lang"], x["published"]) for x in entries]
    for entry, report in zip(entries, reports, strict=True):
        guess = detect_language(report.text)
        if guess != report.language:
            print(f"{report.file}: language {guess}")
        annotation = annotate(report, geocoder)
        for group in (report.language, "all"):
            notes = measure(entry, annotation, scores[group])
        if options.v and not options.held:
            print(report.file, *notes, sep="\n    ")
    for group, tasks in sorted(scores.items()):
        shown = [
            f"{task} {tasks[task].recall() if task == 'events' else tasks[task].f1():.2f}"
            for task in TASKS
        ]
        print(f"{group:4}", *shown)
    start = time.perf_counter()
    for report in reports:
        annotate(report, geocoder)
    print(
        f"{len(reports) / (time.perf_counter() - start):.0f} reports a second, "
        f"{sum(len(r.text) for r in reports) / len(reports):.0f} characters each"
    )


if __name__ == "__main__":
    main()
