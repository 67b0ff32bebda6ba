"""Fit the weights of `geo/data/resolution.toml` and `geo/data/spotting.toml`.

    python scripts/fit_resolution.py CORPUS.jsonl [CORPUS.jsonl ...]

A corpus has one JSON object a line: text, and gold spans with start, end, lat, lon (null where unknown). The
corpora are not part of the project; only the weights are, some fifty numbers. Prints how well weights fitted on
one corpus do on the others before it fits on all together.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import Any

import numpy as np

from dateline.geo.confidence import akin_chance, calibration_rows
from dateline.geo.cues import CUES
from dateline.geo.expression import Name
from dateline.geo.gazetteer import Gazetteer
from dateline.geo.lookup import Lookup
from dateline.geo.resolve import Hint, features
from dateline.geo.running_text import RunningText
from dateline.geo.spotting import spot_names, spotting_weights
from dateline.geo.weights import CALIBRATION, FEATURES, weights

DATA = Path(__file__).parent.parent / "geo" / "data"
RIGHT_KM = 161.0
NARROW_KM = 40.0
SURE = 0.9
BY_HAND = ("about", "common_word", "struck")


def kilometres(lon: float, lat: float, lon2: float, lat2: float) -> float:
    """Return the great-circle distance."""
    p1, p2 = math.radians(lat), math.radians(lat2)
    d = (
        math.sin((p2 - p1) / 2) ** 2
        + math.cos(p1) * math.cos(p2) * math.sin(math.radians(lon2 - lon) / 2) ** 2
    )
    return 2 * 6371.0 * math.asin(math.sqrt(min(1.0, d)))


def documents(path: str) -> list[dict[str, Any]]:
    """Return the documents of a corpus."""
    return [json.loads(line) for line in Path(path).read_text("utf-8").split("\n") if line]


def named(doc: dict[str, Any], lookup: Lookup) -> tuple[list, list, list]:
    """Return candidates, hints and gold points of the distinct names of a document."""
    groups: dict[tuple, list] = {}
    text = doc["text"]
    gold = sorted(doc["gold"], key=lambda g: g["start"])
    for k, item in enumerate(gold):
        name = Name(item["name"], item["name"])
        found = lookup.candidates([name], "en", fuzzy=False)[name]
        if not len(found):
            continue
        after = gold[k + 1] if k + 1 < len(gold) else None
        inside: frozenset[str] = frozenset()
        if after is not None and text[item["end"] : after["start"]].strip() in (",", "("):
            inside = lookup.area_codes(after["name"], "en")
        key = tuple(p.id for p in found.places)
        groups.setdefault(key, [found, set(), []])
        groups[key][1] |= inside
        groups[key][2].append(item)
    values = list(groups.values())
    hints = [Hint(None, frozenset(v[1]), 1.0 + 0.1 * min(len(v[2]) - 1, 5)) for v in values]
    return [v[0] for v in values], hints, [v[2] for v in values]


def fit_resolution(docs: list[dict[str, Any]], lookup: Lookup) -> np.ndarray:
    """Return feature weights by conditional logit, features and weights in turn."""
    prepared = [named(doc, lookup) for doc in docs]
    prepared = [p for p in prepared if p[0]]
    use = weights().features.astype(float).copy()
    for _ in range(5):
        rows, owners, good, mass = [], [], [], []
        n = 0
        for names, hints, golds in prepared:
            values, _, starts = features(names, hints, with_weights=use.astype(np.float32))
            for k, (name, items) in enumerate(zip(names, golds, strict=True)):
                points = [g for g in items if g["lat"] is not None]
                if not points:
                    continue
                away = [
                    kilometres(p.lon, p.lat, points[0]["lon"], points[0]["lat"])
                    for p in name.places
                ]
                reach = NARROW_KM if min(away) <= NARROW_KM else RIGHT_KM
                right = np.array(away) <= reach
                if not right.any() or right.all():
                    continue
                rows.append(values[starts[k] : starts[k] + len(name)])
                owners += [n] * len(name)
                good.append(right)
                mass.append(math.sqrt(len(points)))
                n += 1
        x = np.vstack(rows)
        fitted = conditional_logit(x, np.array(owners), np.concatenate(good), np.array(mass), use)
        # what the corpora never show (words like "district" beside a name, a country given) keeps its value
        use = np.where(np.abs(x).sum(axis=0) > 20, fitted, weights().features)  # noqa: PLR2004
        # a state named right after a town is as good as certain, also where the corpora's other namesakes blur it
        held = FEATURES.index("inside_named")
        use[held] = max(use[held], 6.0)
        # American states are called by name far more than oblasts and governorates are
        use[FEATURES.index("region_of_town")] = weights().features[FEATURES.index("region_of_town")]
    return use


def conditional_logit(
    x: np.ndarray, owner: np.ndarray, good: np.ndarray, mass: np.ndarray, start: np.ndarray
) -> np.ndarray:
    """Return weights that make the right candidates likeliest, by Adam with a quadratic penalty."""
    w, m, v = start.copy(), np.zeros_like(start), np.zeros_like(start)
    firsts = np.flatnonzero(np.r_[True, owner[1:] != owner[:-1]])
    for step in range(1, 601):
        score = x @ w
        score -= np.maximum.reduceat(score, firsts)[owner]
        raw = np.exp(score)
        p = raw / np.add.reduceat(raw, firsts)[owner]
        q = np.where(good, raw, 1e-12)
        q /= np.add.reduceat(q, firsts)[owner]
        gradient = ((p - q) * mass[owner]) @ x / mass.sum() + 0.002 * w
        m, v = 0.9 * m + 0.1 * gradient, 0.999 * v + 0.001 * gradient**2
        w -= 0.05 * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.999**step)) + 1e-8)
    return w


def evaluate(
    docs: list[dict[str, Any]], lookup: Lookup, use: np.ndarray
) -> tuple[float, np.ndarray, np.ndarray]:
    """Return the share resolved within 161 km, and rows and answers for the calibration."""
    right = total = 0
    rows, answers = [], []
    for doc in docs:
        total += sum(g["lat"] is not None for g in doc["gold"])
        names, hints, golds = named(doc, lookup)
        if not names:
            continue
        values, chance, starts = features(names, hints, with_weights=use.astype(np.float32))
        for k, (name, items) in enumerate(zip(names, golds, strict=True)):
            part = slice(starts[k], starts[k] + len(name))
            best = int(np.argmax(chance[part]))
            place = name.places[best]
            sure = akin_chance(name, chance[part], best)
            told = calibration_rows([sure], values[part][best][None], np.array([len(name)]))[0]
            for g in items:
                rows.append(told)
                if g["lat"] is None:
                    answers.append(0.0)
                    continue
                hit = kilometres(place.lon, place.lat, g["lon"], g["lat"]) <= RIGHT_KM
                right += hit
                answers.append(float(hit))
    return right / total, np.array(rows), np.array(answers)


def logistic(x: np.ndarray, y: np.ndarray, penalty: float = 1.0) -> np.ndarray:
    """Return logistic regression weights by Newton's method."""
    w = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + penalty * np.eye(len(w))
        w -= np.linalg.solve(hessian, x.T @ (p - y) + penalty * w)
    return w


def spotted(docs: list[dict[str, Any]], lookup: Lookup) -> tuple[np.ndarray, np.ndarray, int]:
    """Return cues of all known names in texts, whether each is gold, and how many gold there are."""
    rows, labels, total = [], [], 0
    for doc in docs:
        total += len(doc["gold"])
        for item in spot_names(RunningText(doc["text"]), "en", lookup, threshold=0.0):
            rows.append(item.cues)
            labels.append(
                float(any(item.start < g["end"] and g["start"] < item.end for g in doc["gold"]))
            )
    return np.array(rows), np.array(labels), total


def scores(x: np.ndarray, y: np.ndarray, total: int, w: np.ndarray, threshold: float) -> str:
    """Return precision, recall and F1 in words."""
    taken = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30))) >= threshold
    precision, recall = y[taken].mean(), y[taken].sum() / total
    return (
        f"P {precision:.3f} R {recall:.3f} F1 {2 * precision * recall / (precision + recall):.3f}"
    )


def write(section: str, names: tuple[str, ...], values: np.ndarray, text: str) -> str:
    """Return `text` with the values of a table replaced."""
    lines, inside, out = text.splitlines(), False, []
    new = dict(zip(names, values, strict=True))
    for line in lines:
        if line.startswith("["):
            inside = line == f"[{section}]"
        key = line.split(" = ")[0]
        out.append(f"{key} = {new[key]:.3f}" if inside and key in new else line)
    return "\n".join(out) + "\n"


def main(paths: list[str]) -> None:
    """Fit on each corpus alone and try it on the others; then fit on all and write the files."""
    lookup = Lookup(Gazetteer.open())
    corpora = {Path(path).stem: documents(path) for path in paths}
    spots = {name: spotted(docs, lookup) for name, docs in corpora.items()}
    for name, docs in corpora.items():
        use = fit_resolution(docs, lookup)
        w = logistic(spots[name][0], spots[name][1])
        for other, others in corpora.items():
            share, _, _ = evaluate(others, lookup, use)
            print(
                f"fitted on {name}: {other} resolved {share:.3f}; spotted {scores(*spots[other], w, 0.4)}"
            )
    every = [doc for docs in corpora.values() for doc in docs]
    use = fit_resolution(every, lookup)
    results = [evaluate(docs, lookup, use) for docs in corpora.values()]
    x, y = (np.concatenate([result[k] for result in results]) for k in (1, 2))
    calibration = logistic(x, y)
    never = np.abs(x).sum(axis=0) == 0  # similar spellings: the corpora have none
    calibration[never] = weights().calibration[never]
    sizes = [len(spots[name][1]) for name in corpora]
    all_x, all_y = (np.concatenate([spots[name][k] for name in corpora]) for k in (0, 1))
    # the corpora know no small foreign villages, so these weights stay as they were set by hand
    all_x[:, [CUES.index(name) for name in BY_HAND]] = 0.0
    cues = logistic(all_x, all_y)
    # corpora mark "Boston" in "Boston University"; an event did not happen there
    cues[CUES.index("institution")] = min(cues[CUES.index("institution")], -1.0)
    unseen = np.abs(all_x).sum(axis=0) < 20  # noqa: PLR2004
    cues[unseen] = spotting_weights()[0][unseen]
    for (name, _), (share, rows, answers) in zip(corpora.items(), results, strict=True):
        p = 1 / (1 + np.exp(-(rows @ calibration)))
        sure = p >= SURE
        print(
            f"fitted on all: {name} resolved {share:.3f}; at >= .9: {answers[sure].mean():.3f} of {sure.mean():.3f}; "
            f"spotted {scores(*spots[name], cues, spotting_weights()[1])}"
        )
    path = DATA / "resolution.toml"
    text = write("features", FEATURES, use, path.read_text("utf-8"))
    path.write_text(write("calibration", CALIBRATION, calibration, text), "utf-8")
    path = DATA / "spotting.toml"
    path.write_text(write("cues", CUES, cues, path.read_text("utf-8")), "utf-8")
    print(
        dict(zip(FEATURES, use.round(2), strict=True)),
        dict(zip(CALIBRATION, calibration.round(2), strict=True)),
        dict(zip(CUES, cues.round(2), strict=True)),
        sizes,
    )


if __name__ == "__main__":
    main(sys.argv[1:])
