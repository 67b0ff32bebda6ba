"""Promises about place expressions of every kind in every language, against places known beforehand."""

from __future__ import annotations

import expressions
import pytest

from dateline.geo.geocoder import Context
from dateline.geo.grammar import place_languages

KINDS = {
    "settlement", "region", "part_of_region", "district", "border", "offset", "sector", "distance", "between",
    "near", "along", "several", "coordinates",
}  # fmt: skip
FLOORS = {
    "ko": 0.65,
    "ja": 0.75,
    "he": 0.8,
    "hi": 0.8,
    "pl": 0.8,
    "fa": 0.85,
    "zh": 0.85,
    "ar": 0.85,
}
FLOOR = 0.9
FLOOR_UNSAID = 0.9  # of all languages together, the language not given
UCDP = {
    "settlement": 1,
    "coordinates": 1,
    "offset": 2,
    "near": 2,
    "district": 3,
    "region": 4,
    "border": 5,
}


@pytest.mark.parametrize("language", place_languages())
def test_every_kind_is_in_the_table(language):
    """Each language is tried with every kind of expression."""
    assert {row.kind for row in expressions.rows(language)} == KINDS


@pytest.mark.parametrize("language", place_languages())
def test_expressions_mean_what_they_say(geocoder, language):
    """Kind, country and place are right; a floor for each language, which only rises."""
    rows = expressions.rows(language)
    wrong = {
        row.text: faults
        for row in rows
        if (faults := expressions.faults(row, locate(geocoder, row.text, language)))
    }
    assert len(wrong) <= (1 - FLOORS.get(language, FLOOR)) * len(rows), wrong


def test_expressions_are_read_without_being_told_the_language(geocoder):
    """Script, letters and words tell the language."""
    rows = [row for language in place_languages() for row in expressions.rows(language)]
    wrong = [row for row in rows if expressions.faults(row, locate(geocoder, row.text, None))]
    assert len(wrong) <= (1 - FLOOR_UNSAID) * len(rows)


def locate(geocoder, text, language):
    """Return the location of one expression in a language."""
    return geocoder.locate([text], Context(language=language))[0]


@pytest.mark.parametrize("language", place_languages())
def test_codes_follow_the_kind(geocoder, language):
    """The codes of UCDP and ACLED are those of the kind, and the point lies on the geometry or in its disc."""
    for row in expressions.rows(language):
        found = locate(geocoder, row.text, language)
        if found.kind in UCDP:
            assert found.where_prec == UCDP[found.kind], row.text
        assert found.lon is None or found.geo_precision in (1, 2, 3), row.text
