"""The reports with gold: their form, and how well they are read, with floors that must hold."""

import importlib.util
import tomllib
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from dateline.geo.geocoder import Geocoder
from dateline.reports.annotation import annotate
from dateline.reports.report import Report

HERE = Path(__file__).parent
FILES = sorted((HERE / "devset").glob("*.toml"))
FLOORS = tomllib.loads((HERE / "devset_floors.toml").read_text("utf-8"))
MEMBERS = {"places": 4, "dates": 3, "units": 2, "casualties": 5}
KINDS = {"killed", "wounded", "captured", "missing", "strength"}
TASKS = ("places", "events", "dates", "units", "casualties")


def _benchmark():
    """Return the module that measures, which is a script and in no package."""
    folder = HERE.parents[1] / "benchmarks"
    spec = importlib.util.spec_from_file_location("benchmark_of_reports", folder / "reports.py")
    module = importlib.util.module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def scores():
    """Return the scores of every report: (held or not, language or `all`) -> task -> score."""
    benchmark = _benchmark()
    geocoder = Geocoder.open()
    found = defaultdict(lambda: defaultdict(benchmark.Score))
    for entry in benchmark.entries_of(HERE / "devset", None):
        report = Report(entry["id"], entry["text"], entry["lang"], entry["published"])
        annotation = annotate(report, geocoder)
        for group in (entry["lang"], "all"):
            benchmark.measure(entry, annotation, found[entry["held"], group])
    return found


def value(score, task):
    """Return what is measured of a task: recall of event places, F1 of all else."""
    return score.recall() if task == "events" else score.f1()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_gold_has_its_form(file):
    """Every entry has its members, its words occur in the text, its dates and figures are such."""
    for entry in tomllib.loads(file.read_text("utf-8"))["report"]:
        assert entry["lang"] == file.stem
        date.fromisoformat(entry["published"])
        for task, members in MEMBERS.items():
            for line in entry[task]:
                parts = [part.strip() for part in line.split("|")]
                assert len(parts) == members, (entry["id"], line)
                assert parts[0] in entry["text"], (entry["id"], line)
                _check(task, parts)


def _check(task, parts):
    """Check the members of one line of gold after its words."""
    if task == "places":
        lon, lat = map(float, parts[2].split(","))
        assert parts[1] in {"E", "-"}
        assert -180 <= lon <= 180
        assert -90 <= lat <= 90
        assert float(parts[3]) > 0
    elif task == "dates":
        assert date.fromisoformat(parts[1]) <= date.fromisoformat(parts[2])
    elif task == "casualties":
        assert parts[3] in KINDS
        figures = [int(figure) for figure in parts[1:3] if figure]
        assert figures == sorted(figures)


def test_no_two_reports_have_one_name():
    """A report is told from all others by its id and kind."""
    names = [
        (entry["id"], entry["held"])
        for file in FILES
        for entry in tomllib.loads(file.read_text("utf-8"))["report"]
    ]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("kind", ["dev", "held"])
def test_reports_are_read_as_well_as_ever(scores, kind, task):
    """Over all languages no task falls under its floor."""
    score = value(scores[kind == "held", "all"][task], task)
    assert score >= FLOORS[kind][task], f"{kind} {task}: {score:.3f}"


@pytest.mark.parametrize("task", TASKS)
def test_no_language_is_left_behind(scores, task):
    """In the reports that are worked on, no language falls under the least that any must reach."""
    reached = {
        language: value(score[task], task)
        for (held, language), score in scores.items()
        if not held and language != "all"
    }
    low = {language: score for language, score in reached.items() if score < FLOORS["least"][task]}
    assert not low
