"""The geocoder with an online service behind it: who is asked what, and when nobody is."""

from __future__ import annotations

import inspect

import pytest
from servers import DISTRICT, SUDZHA, GeocoderServer

from dateline.errors import AnswerError
from dateline.geo.fallback import Fallback, _LearntPlaces
from dateline.geo.gazetteer import Gazetteer
from dateline.geo.geocoder import Context
from dateline.geo.joined import JoinedGazetteer
from dateline.geo.online import CREDIT, Online

HAMLET = {
    **SUDZHA,
    "osm_id": 77,
    "lat": "51.25",
    "lon": "35.4",
    "type": "hamlet",
    "addresstype": "hamlet",
    "display_name": "Qvetlorka, Kursk Oblast, Russia",
    "boundingbox": ["51.24", "51.26", "35.39", "35.41"],
    "namedetails": {"name": "Кветлорка", "name:en": "Qvetlorka"},
}
AREA = {**DISTRICT, "osm_id": 78, "namedetails": {"name:en": "Qvetlorka District"}}


@pytest.fixture
def server():
    with GeocoderServer() as running:
        running.places = {"qvetlorka": [HAMLET], "qvetlorka district": [AREA]}
        yield running


@pytest.fixture
def fallback(geocoder, server, tmp_path):
    online = Online(
        user_agent="dateline-tests/1.0 (desk@example.org)",
        cache_dir=tmp_path,
        url=server.url,
        min_delay_seconds=0,
    )
    return Fallback(geocoder, online)


def asked(server):
    return [request.query["q"] for request in server.requests]


def test_nobody_is_asked_about_what_is_known(fallback, server):
    """Known names, coordinates, blanks and paragraphs stay on this machine."""
    texts = ["Kyiv", "5 km north of Sumy", "51.2, 35.3", "", "x" * 400]
    assert fallback.locate(texts) == fallback._geocoder.locate(texts)
    assert asked(server) == []


def test_an_unknown_name_is_asked_for(fallback, server):
    """And comes back with what it is and whom to credit; the order of texts is kept."""
    known, found, lost = fallback.locate(["Kyiv", "Qvetlorka", "Qrvtlmpok"])
    assert (known.country, lost.geometry) == ("UA", None)
    assert (found.query, found.name, found.admin1, found.lon) == (
        "Qvetlorka",
        "Qvetlorka",
        "RU-KRS",
        35.4,
    )
    assert found.attribution == (CREDIT,)
    assert sorted(asked(server)) == ["Qrvtlmpok", "Qvetlorka"]


def test_of_an_expression_only_the_unknown_name_is_sent(fallback, server):
    """The offset is worked out here."""
    (found,) = fallback.locate(["5 km north of Qvetlorka"])
    assert (found.kind, round(found.lat, 2), round(found.lon, 2)) == ("offset", 51.29, 35.4)
    assert found.geometry.area > 0
    assert CREDIT in found.attribution
    assert "nominatim" in found.method
    assert asked(server) == ["Qvetlorka"]


def test_an_outline_is_cut_like_any_other(fallback):
    """A part of a district that only the service knows."""
    (found,) = fallback.locate(["the western part of Qvetlorka district"])
    assert found.kind == "part_of_region"
    west, _, east, _ = found.geometry.bounds
    assert west == pytest.approx(35.0, abs=0.01)
    assert east == pytest.approx(35.3, abs=0.02)


def test_the_country_of_the_report_is_preferred(fallback, server):
    """It is asked first."""
    fallback.locate(["Qvetlorka"], Context(country="RU"))
    assert [request.query["countrycodes"] for request in server.requests] == ["ru"]


def test_a_known_namesake_of_the_whole_is_enough(fallback, server):
    """Where one way to read an expression is all known, nobody is asked about the others."""
    (found,) = fallback.locate(["Bosnia and Herzegovina"])
    assert found.country == "BA"
    assert asked(server) == []


def test_answers_serve_the_next_call(fallback, server):
    """Nothing is asked twice."""
    for _ in range(2):
        fallback.locate(["Qvetlorka", "near Qvetlorka", "Qrvtlmpok"])
    assert sorted(asked(server)) == ["Qrvtlmpok", "Qvetlorka"]


def test_one_bad_answer_does_not_end_the_run(fallback, server, caplog):
    """Its expression says what was wrong in words; the others are answered."""
    bad = {key: value for key, value in HAMLET.items() if key != "osm_type"}
    server.places = {"qvetlorka": [HAMLET], "brokenburgh": [bad]}
    texts = ["Brokenburgh", "Qvetlorka", "5 km north of Brokenburgh"]
    broken, right, near = fallback.locate(texts, Context(language="en"))
    assert right.name == "Qvetlorka"
    for location in (broken, near):
        assert location.geometry is None
        assert "an answer on 'Brokenburgh' without 'osm_type'" in location.explanation
    assert "'Brokenburgh' is left out" in caplog.text
    assert asked(server).count("Brokenburgh") == 1


def test_a_server_that_answers_nonsense_again_and_again_ends_the_run(fallback, server):
    """It is not the server that was meant."""
    bad = {key: value for key, value in HAMLET.items() if key != "osm_type"}
    names = [f"Brokenburgh{letter}x" for letter in "abcdefg"]
    server.places = {name.lower(): [bad] for name in names}
    with pytest.raises(AnswerError, match="expected places from nominatim"):
        fallback.locate(names, Context(language="en"))
    assert len(server.requests) == 5


def test_running_text_is_never_sent(fallback, server):
    """Only place expressions that were given as such are."""
    fallback.find("Fighting went on near Qvetlorka.", "en")
    assert asked(server) == []


@pytest.mark.parametrize("kind", [JoinedGazetteer, _LearntPlaces])
def test_gazetteers_made_of_gazetteers_do_all_that_one_does(kind):
    """What a gazetteer can do, each of them does itself: there is no folder to inherit it from."""
    own = {name for name in vars(kind) if not name.startswith("_")}
    all_of_it = {name for name in vars(Gazetteer) if not name.startswith("_")}
    assert all_of_it - own == {"open", "find"}
    for name in own:
        expected = inspect.signature(getattr(Gazetteer, name))
        assert inspect.signature(getattr(kind, name)) == expected
