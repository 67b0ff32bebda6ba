"""Promises about locating place expressions, on the built place index."""

from __future__ import annotations

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.geometry import Point

from dateline.geo.geocoder import Context, Geocoder
from dateline.geo.geometry import inverse

KURSK = "RU-KRS"


def one(geocoder, query, **context):
    """Locate one expression."""
    return geocoder.locate([query], Context(**context))[0]


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("en", "Sudzha", "settlement"),
        ("en", "Kursk Oblast", "region"),
        ("en", "western Kursk", "part_of_region"),
        ("en", "western part of Kursk region", "part_of_region"),
        ("en", "5 km north of Sudzha", "offset"),
        ("en", "north of Sudzha", "sector"),
        ("en", "within 10 km of Sudzha", "distance"),
        ("en", "near Sudzha", "near"),
        ("en", "between Sudzha and Korenevo", "between"),
        ("en", "along the Seym river", "along"),
        ("en", "near Sudzha, Korenevo and Glushkovo", "several"),
        ("en", "51.19, 35.27", "coordinates"),
        ("en", "Ukraine", "country"),
        ("id", "di bagian barat Kursk", "part_of_region"),
        ("id", "dekat Sudzha", "near"),
        ("uk", "на заході Курської області", "part_of_region"),
        ("uk", "15 км на північ від Суджі", "offset"),
        ("uk", "під Суджею", "near"),
        ("ru", "в Курской области", "region"),
        ("ru", "северо-восточнее Суджи", "sector"),
        ("de", "nahe Sudscha", "near"),
        ("fr", "près de Soudja", "near"),
    ],
)
def test_each_kind_is_located_in_kursk(geocoder, language, text, kind):
    """Kind and region are right, whatever the language."""
    location = one(geocoder, text, language=language)
    assert kind == location.kind
    assert location.admin1 == (None if kind in ("country", "along") else KURSK)
    assert location.geometry is not None


def test_kursk_border_is_a_strip_along_its_border_with_ukraine(geocoder, regions):
    """The border of an oblast is where it meets another country, on both sides, nowhere else."""
    location = one(geocoder, "perbatasan Kursk", language="id")
    line = regions.border("RU-KRS", "UA")
    assert location.kind == "border"
    assert location.geometry.buffer(0.01).contains(line)
    assert location.geometry.contains(Point(location.lon, location.lat))
    assert (
        location.geometry.distance(Point(36.19, 51.73)) > 0.3
    )  # the city of Kursk lies far inland
    assert location.where_prec == 5


def test_western_kursk_is_the_western_half_of_the_oblast(geocoder, regions):
    """The part lies within the region and on its side."""
    location = one(geocoder, "western Kursk", language="en")
    oblast = regions.admin1(KURSK)
    assert oblast.buffer(1e-4).contains(location.geometry)
    assert location.lon < oblast.centroid.x
    assert location.geometry.area == pytest.approx(oblast.area / 2, rel=0.05)


def test_western_kursk_region_keeps_both_readings(geocoder):
    """The region, said to be western, and its western part are both kept, ranked."""
    location = one(geocoder, "western Kursk region", language="en")
    assert location.kind == "region"
    assert location.candidates[0]["kind"] == "part_of_region"
    assert location.confidence > location.candidates[0]["confidence"]


def test_an_offset_is_the_geodesic_point(geocoder):
    """Five kilometres north is five kilometres north."""
    town = one(geocoder, "Sudzha", language="en")
    location = one(geocoder, "5 km north of Sudzha", language="en")
    bearing, metres = inverse(town.lon, town.lat, location.lon, location.lat)
    assert metres == pytest.approx(5000.0, abs=2.0)
    assert min(bearing, 360 - bearing) < 0.1
    assert location.geometry.intersects(Point(location.lon, location.lat))


def test_the_state_named_after_a_town_decides(geocoder):
    """Alexandria, Louisiana is not the Egyptian one."""
    assert one(geocoder, "Alexandria, Louisiana", language="en").admin1 == "US-LA"
    assert one(geocoder, "Alexandria", language="en").country == "EG"


def test_the_report_decides_between_namesakes(geocoder):
    """The same name means another place in another report."""
    text = "Police in London, Ontario, said the man drove from Windsor and Sarnia to Toronto."
    assert one(geocoder, "London", language="en", text=text).country == "CA"
    assert one(geocoder, "London", language="en").country == "GB"


def test_a_given_country_decides_between_namesakes(geocoder):
    """What the caller knows counts."""
    assert one(geocoder, "Paris", language="en", country="US").country == "US"


def test_the_language_need_not_be_told(geocoder):
    """Letters and words say which lexicon to use."""
    for text in (
        "на захід від Суджі",
        "perbatasan Kursk",
        "nördlich von Sudscha",
        "в Курской области",
    ):
        assert one(geocoder, text).geometry is not None


@pytest.mark.parametrize(
    "text", ["", "  ", "95.2, 200.1", "qzxwvk jjqq", "?!", "the", "5 km north of"]
)
def test_what_is_no_place_is_nowhere(geocoder, text):
    """No match is an answer: nothing is raised and nothing invented."""
    location = one(geocoder, text, language="en")
    assert (location.geometry, location.lon, location.confidence) == (None, None, None)
    assert location.query == text
    assert location.explanation


@given(st.text(max_size=60))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_text_breaks_the_geocoder(geocoder, text):
    """Any text gives a location or none, its figures in their ranges."""
    location = geocoder.locate([text])[0]
    if location.geometry is not None:
        assert location.uncertainty_m > 0
        assert 0 <= location.confidence <= 1
        assert location.geo_precision in (1, 2, 3)
        assert location.where_prec in range(1, 8)


def test_every_answer_explains_itself(geocoder):
    """An editor can read in one or two sentences what was understood."""
    for text in ("Sudzha", "western Kursk", "Kursk border", "5 km north of Sudzha"):
        location = one(geocoder, text, language="en")
        assert location.explanation.endswith(".")
        assert location.name.split(",")[0].split()[-1] in location.explanation


def test_answers_keep_the_order_of_the_questions(geocoder):
    """A blank keeps its place, and a question asked twice has one answer."""
    first, blank, second = geocoder.locate(["Sudzha", "", "Sudzha"])
    assert first is second
    assert blank.geometry is None


def test_geometries_are_valid(geocoder):
    """What is drawn can be drawn."""
    texts = ["western Kursk", "Kursk border", "5 km north of Sudzha", "between Sudzha and Korenevo"]
    for location in geocoder.locate(texts, Context(language="en")):
        assert shapely.is_valid(location.geometry)


def test_a_geocoder_is_opened_with_its_indexes(cache_dir):
    """One call opens all."""
    assert Geocoder.open(cache_dir).locate(["Sudzha"])[0].country == "RU"
