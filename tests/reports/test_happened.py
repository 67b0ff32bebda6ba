"""Where something happened, as against where people spoke, left from or may yet attack, in every language."""

from pathlib import Path

from dateline.reports.annotation import annotate
from dateline.reports.report import Report


def sentences():
    """Yield language, whether something happened at its place, and sentence of the list."""
    lines = (Path(__file__).parent / "happened.txt").read_text("utf-8").splitlines()
    for line in lines[1:]:
        language, sign, sentence = line.split("|")
        yield language, sign == "+", sentence


def test_places_are_where_something_happened_or_not(geocoder):
    """Fires, blasts, sieges and entries make an event location; talks, departures and fears none."""
    wrong = []
    for language, happened, sentence in sentences():
        found = annotate(Report("test", sentence, language, "2025-07-16"), geocoder).places
        if not found or any(place.is_event_location for place in found) is not happened:
            wrong.append((language, sentence, [(place.text, place.role) for place in found]))
    assert not wrong
