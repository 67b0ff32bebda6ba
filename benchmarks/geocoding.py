"""Accuracy and speed of geocoding on public corpora that are not part of the project.

    python benchmarks/geocoding.py FOLDER [--floors]

FOLDER holds lgl.jsonl, trnews.jsonl (text and gold spans with coordinates) and offsets_dev.jsonl (phrases
"N km DIRECTION of X" with the coordinates they describe). Prints resolution of given names, end to end from raw
text, recognition, calibration, offsets and speed; with --floors it fails where a figure is below its floor.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
from pyproj import Geod

from dateline.geo.geocoder import Context, Geocoder

GEOD = Geod(ellps="WGS84")
NEAR_KM = (25.0, 161.0)
FLOORS = {
    "lgl given within 161 km": 0.83,
    "trnews given within 161 km": 0.80,
    "lgl end to end within 161 km": 0.73,
    "trnews end to end within 161 km": 0.76,
    "offsets coverage": 0.90,
}


def documents(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def kilometres(lon: float, lat: float, gold: dict[str, Any]) -> float:
    """Return the geodesic distance to a gold place."""
    return GEOD.inv(lon, lat, gold["lon"], gold["lat"])[2] / 1000.0


def given(
    geocoder: Geocoder, docs: list[dict[str, Any]]
) -> tuple[dict[float, float], list[tuple[float, bool]]]:
    """Return the shares of given names resolved within each distance, and confidences with their outcome."""
    hits = dict.fromkeys(NEAR_KM, 0)
    total = 0
    outcomes = []
    for doc in docs:
        gold = [item for item in doc["gold"] if item["lat"] is not None]
        context = Context(language="en", text=doc["text"])
        for item, location in zip(
            gold, geocoder.locate([g["name"] for g in gold], context), strict=True
        ):
            total += 1
            if location.lon is None or location.lat is None or location.confidence is None:
                continue
            away = kilometres(location.lon, location.lat, item)
            for reach in NEAR_KM:
                hits[reach] += away <= reach
            outcomes.append((location.confidence, away <= NEAR_KM[-1]))
    return {reach: count / total for reach, count in hits.items()}, outcomes


def end_to_end(geocoder: Geocoder, docs: list[dict[str, Any]]) -> dict[str, float]:
    """Return the share of all gold places found and put within 161 km, and how well names are recognised."""
    right = total = matched = found_all = 0
    for doc in docs:
        found = geocoder.find(doc["text"], "en", peoples=True)
        found_all += len(found)
        spans = [(f.start, f.end, f.location) for f in found]
        for item in doc["gold"]:
            over = [loc for start, end, loc in spans if start < item["end"] and item["start"] < end]
            matched += bool(over)
            if item["lat"] is None:
                continue
            total += 1
            first = over[0] if over else None
            placed = first is not None and first.lon is not None
            right += placed and kilometres(first.lon, first.lat, item) <= NEAR_KM[-1]
    gold_all = sum(len(doc["gold"]) for doc in docs)
    return {
        "end to end within 161 km": right / total,
        "recognised": matched / gold_all,
        "precision": matched / max(found_all, 1),
    }


def calibration(outcomes: list[tuple[float, bool]]) -> list[str]:
    """Return a line a bin of confidence: how many answers, how many right."""
    confidence, right = (np.array(column, dtype=float) for column in zip(*outcomes, strict=True))
    lines = []
    for low, high in ((0.0, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.01)):
        inside = (confidence >= low) & (confidence < high)
        if inside.any():
            lines.append(
                f"  {low:.1f}-{min(high, 1.0):.1f}: {inside.sum():5d} answers ({inside.mean():.2f}), right {right[inside].mean():.3f}"
            )
    return lines


def offsets(geocoder: Geocoder, rows: list[dict[str, Any]]) -> dict[str, float]:
    """Return median error, coverage and median radius of offset phrases, the country given."""
    errors, radii = [], []
    for row in rows:
        location = geocoder.locate([row["text"]], Context(language="en", country=row["country"]))[0]
        if location.lon is None or location.lat is None or location.uncertainty_m is None:
            errors.append(np.inf)
            radii.append(np.nan)
            continue
        errors.append(kilometres(location.lon, location.lat, row))
        radii.append(location.uncertainty_m / 1000.0)
    error, radius = np.array(errors), np.array(radii)
    return {
        "offsets median error km": float(np.median(error)),
        "offsets coverage": float(np.mean(error <= np.nan_to_num(radius))),
        "offsets median radius km": float(np.nanmedian(radius)),
        "offsets not located": float(np.isinf(error).mean()),
    }


def speed(geocoder: Geocoder, docs: list[dict[str, Any]], phrases: list[str]) -> dict[str, float]:
    """Return documents a second of `find` and expressions a second of `locate`, one in five distinct."""
    texts = [doc["text"] for doc in docs]
    begin = time.perf_counter()
    for text in texts:
        geocoder.find(text, "en")
    documents_a_second = len(texts) / (time.perf_counter() - begin)
    begin = time.perf_counter()
    for text in texts:
        geocoder.find(text, "en")
    warm = len(texts) / (time.perf_counter() - begin)
    mixed = [phrase for phrase in phrases for _ in range(5)]
    begin = time.perf_counter()
    geocoder.locate(mixed, Context(language="en", near=(0.0, 0.1)))
    return {
        "documents a second, names new": documents_a_second,
        "documents a second, names met before": warm,
        "expressions a second": len(mixed) / (time.perf_counter() - begin),
    }


def main() -> int:
    """Measure and print; return 1 where a floor is not reached."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--floors", action="store_true")
    arguments = parser.parse_args()
    geocoder = Geocoder.open()
    figures: dict[str, float] = {}
    outcomes = []
    corpora = {name: documents(arguments.folder / f"{name}.jsonl") for name in ("lgl", "trnews")}
    for name, docs in corpora.items():
        shares, answers = given(geocoder, docs)
        outcomes += answers
        figures |= {f"{name} given within {reach:.0f} km": share for reach, share in shares.items()}
        figures |= {f"{name} {what}": value for what, value in end_to_end(geocoder, docs).items()}
    rows = documents(arguments.folder / "offsets_dev.jsonl")
    figures |= offsets(geocoder, rows)
    figures |= speed(
        Geocoder(geocoder.gazetteer, geocoder.regions),
        corpora["lgl"],
        [row["text"] for row in rows],
    )
    for what, value in figures.items():
        print(f"{what:42s} {value:9.3f}")
    print("confidence of given names:")
    print("\n".join(calibration(outcomes)))
    low = (
        [what for what, floor in FLOORS.items() if figures[what] < floor]
        if arguments.floors
        else []
    )
    for what in low:
        print(f"below its floor of {FLOORS[what]}: {what} {figures[what]:.3f}", file=sys.stderr)
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
