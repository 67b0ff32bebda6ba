"""What is withheld stays withheld, in every column, in every run."""

import json
from datetime import date

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from dateline.config import Coarsening, Disclosure, Embargo
from dateline.event import Event
from dateline.geo.coarse import coarse_area
from dateline.geo.disclosure import disclose, within_terms
from dateline.geo.masking import MASK
from dateline.table import from_events, to_events

TODAY = date(2024, 12, 20)
SECRET = Event(
    id="geo-77",
    title="Strike on Plyokhovo",
    summary="Удар по Плёхово, 51.08912, 35.19033. Two were hit near Sudzha.",
    event_type="Battles: Armed clash",
    date_start="2024-12-14",
    place="Plyokhovo",
    geometry=shapely.Point(35.19033, 51.08912),
    uncertainty_m=300,
    geo_precision=1,
    where_prec=1,
    sides=["RUS"],
    casualties=[{"kind": "killed", "min": 2, "who": "men of Plyokhovo"}],
    sources=[
        {
            "publisher": "P",
            "url": "https://example.org/strike-on-plyokhovo",
            "excerpt": "Plyokhovo was hit",
            "title": "In Plyokhovo",
        }
    ],
    extra={"lat": "51.08912", "village": "Plyokhovo"},
)
FINER = ("lyokhovo", "лёхово", "51.089", "35.190", "Sudzha", "geo-77")


def _rule(**values):
    return Disclosure(coarsen=[Coarsening(**values)])


def _find(text, _language):
    """Find the places of this module's texts."""
    names = ("Plyokhovo", "Плёхово", "Sudzha")
    return [(text.find(name), text.find(name) + len(name)) for name in names if name in text]


@pytest.mark.parametrize("texts", ["withhold", "mask"])
@pytest.mark.parametrize(
    "how",
    [
        {"to": "grid", "metres": 5000},
        {"to": "radius", "metres": 5000},
        {"to": "h3", "resolution": 5},
    ],
)
def test_no_column_holds_the_finer_place(how, texts):
    """Not as a name, in a text, in coordinates, in an address or in the source's own columns."""
    result = disclose(from_events([SECRET]), _rule(texts=texts, **how), today=TODAY, find=_find)
    event = to_events(result.events)[0]
    written = json.dumps(event.model_dump(mode="json"), ensure_ascii=False)
    assert [name for name in FINER if name in written] == []
    assert event.geometry.covers(SECRET.geometry)
    assert event.uncertainty_m > 2000
    assert event.where_prec == 2


def test_masking_keeps_the_rest_of_a_text():
    """A reader still learns what happened."""
    result = disclose(
        from_events([SECRET]), _rule(to="grid", metres=5000, texts="mask"), today=TODAY, find=_find
    )
    assert f"Strike on {MASK}" == result.events["title"][0]


def test_without_a_finder_texts_are_withheld_even_where_masking_is_asked_for():
    """What is not found cannot be masked."""
    result = disclose(from_events([SECRET]), _rule(to="grid", texts="mask"), today=TODAY)
    assert result.events["title"][0] is None


def test_an_inflected_form_is_masked_too():
    """The event's own place is masked in its cases, found or not."""
    event = SECRET.model_copy(update={"place": "Суджа", "title": "Бої в Суджі та Судже"})
    result = disclose(
        from_events([event]), _rule(to="grid", texts="mask"), today=TODAY, find=lambda *_: []
    )
    assert f"Бої в {MASK} та {MASK}" == result.events["title"][0]


@given(lon=st.floats(-180, 180), lat=st.floats(-80, 80), metres=st.floats(500, 100_000))
@pytest.mark.parametrize("to", ["grid", "radius"])
def test_a_coarse_area_holds_its_place_and_says_nothing_more(to, lon, lat, metres):
    """Two places of one cell get one and the same area, near the antimeridian too."""
    rule = Coarsening(to=to, metres=metres)
    area = coarse_area(shapely.Point(lon, lat), rule, None)
    inside = area.geometry.representative_point()
    again = coarse_area(inside, rule, None)
    turns = [shapely.Point(lon + turn, lat) for turn in (-360, 0, 360)]
    assert any(area.geometry.buffer(1e-3).covers(point) for point in turns)
    if to == "grid":
        assert area.geometry.equals(again.geometry)


def test_a_district_is_named_and_an_unknown_one_withholds_the_event():
    """Where the coarse area is not known, nothing is shown."""
    square = shapely.box(35, 51, 36, 52)
    table = from_events([SECRET])
    known = disclose(
        table, _rule(to="district"), today=TODAY, areas=lambda *_: ("Sudzhansky", square)
    )
    assert (known.events["place"][0], known.events["where_prec"][0]) == ("Sudzhansky", 3)
    unknown = disclose(table, _rule(to="district"), today=TODAY, areas=lambda *_: None)
    assert len(unknown.events) == 0
    assert unknown.report() == "1 withheld: their district is not known"


def test_an_area_coarser_than_the_rule_is_left_alone():
    """Coarsening never makes a place finer."""
    event = SECRET.model_copy(update={"geometry": shapely.box(34, 51, 36, 52)})
    result = disclose(from_events([event]), _rule(to="grid", metres=5000), today=TODAY)
    assert result.events.geometry[0].equals(event.geometry)
    assert not result.reasons


@pytest.mark.parametrize(
    ("update", "shown"),
    [
        ({"date_start": "2024-12-17"}, True),
        ({"date_start": "2024-12-18"}, False),
        ({"date_start": "2024-12-10", "date_end": "2024-12-18"}, False),
        ({"date_start": None}, False),
        ({"date_start": None, "sources": [{"published": "2024-12-01"}]}, True),
        ({"date_start": "2024-12-19", "sides": ["UKR"]}, True),
        ({"date_start": "2024-12-19", "sides": []}, False),
        ({"date_start": "2024-12-19", "event_type": "Protests"}, True),
        ({"date_start": "2024-12-19", "event_type": None}, False),
    ],
)
def test_an_embargo_holds_what_is_or_may_be_too_young(update, shown):
    """By day, side and type; what is not known is taken for the riskier."""
    rules = Disclosure(embargo=[Embargo(days=3, sides=["RUS"], types=["Battles"])])
    event = Event.model_validate(SECRET.model_dump() | update)
    result = disclose(from_events([event]), rules, today=TODAY)
    assert shown == (len(result.events) == 1)
    assert shown == (not result.reasons)


def test_readers_are_told_in_general_terms_only():
    """The note on the page names no place, number or side."""
    table = from_events([SECRET])
    table.attrs["title"] = "Kept"
    result = disclose(table, Disclosure(embargo=[Embargo(days=365)]), today=TODAY)
    assert result.events.attrs == {
        "title": "Kept",
        "notes": ["Some events are withheld for the safety of people."],
    }


def test_terms_of_redistribution_are_kept():
    """A row whose source does not allow a use is left out of it, and that is said."""
    source = {"publisher": "ACLED", "licence": "ACLED terms of use"}
    sources = [*SECRET.model_dump()["sources"], source]
    barred = Event.model_validate(SECRET.model_dump() | {"id": "acled", "sources": sources})
    result = within_terms(from_events([barred, SECRET]), {"ACLED terms of use": "map only"})
    assert result.events["id"].tolist() == ["geo-77"]
    assert result.report() == "1 left out of the export: ACLED terms of use (map only)"


def test_the_table_given_is_not_changed():
    """Disclosure is a pure function."""
    table = from_events([SECRET])
    disclose(table, _rule(to="grid"), today=TODAY)
    assert to_events(table) == [SECRET]
