"""Promises about confidence on reports of wars in every language: of answers at 0.9, nine in ten are right."""

import tomllib
from pathlib import Path

import pytest
from pyproj import Geod

from dateline.geo.geocoder import Context

DEVSET = Path(__file__).parent.parent / "reports" / "devset"
SURE = 0.9
GEOD = Geod(ellps="WGS84")


def reports():
    """Yield every report that has gold."""
    for path in sorted(DEVSET.glob("??.toml")):
        yield from tomllib.loads(path.read_text("utf-8"))["report"]


def gold(report):
    """Yield text, longitude, latitude and tolerance in km of each place of a report."""
    for entry in report.get("places", ()):
        text, _, point, km = entry.split("|")
        if point:
            lon, lat = map(float, point.split(","))
            yield text, lon, lat, float(km)


@pytest.fixture(scope="module")
def answers(geocoder):
    """Return confidence and rightness of each gold place, located as an expression of its report."""
    found = []
    for report in reports():
        places = {text: (lon, lat, km) for text, lon, lat, km in gold(report)}
        context = Context(language=report["lang"], text=report["text"])
        for text, location in zip(places, geocoder.locate(list(places), context), strict=True):
            lon, lat, km = places[text]
            if location.lon is None:
                found.append((0.0, False))
                continue
            metres = GEOD.inv(location.lon, location.lat, lon, lat)[2]
            found.append((location.confidence, metres <= km * 1000.0))
    return found


def test_sure_answers_are_right(answers):
    """Of the answers at 0.9 or more at least nine in ten are right."""
    sure = [right for confidence, right in answers if confidence >= SURE]
    assert sum(sure) / len(sure) >= 0.9


def test_at_least_half_of_the_answers_are_sure(answers):
    """Confidence that says little helps nobody."""
    given = [confidence for confidence, _ in answers if confidence]
    assert sum(confidence >= SURE for confidence in given) / len(given) >= 0.5


def test_doubtful_answers_are_seldom_right(answers):
    """Under 0.5 no more than six in ten are right: lower confidence means something."""
    doubtful = [right for confidence, right in answers if 0.0 < confidence < 0.5]
    assert sum(doubtful) / len(doubtful) <= 0.6
