"""The event schema and the events table."""

import geopandas as gpd
import jsonschema
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from shapely.geometry import Point, Polygon

from dateline.errors import CellError, InputError
from dateline.event import COLUMNS, EVENT_TYPES, Event, stable_id
from dateline.table import as_table, from_events, to_events

DESIGN_COLUMNS = [
    "id",
    "title",
    "summary",
    "event_type",
    "status",
    "date_start",
    "date_end",
    "date_precision",
    "place",
    "geometry",
    "uncertainty_m",
    "geo_precision",
    "where_prec",
    "method",
    "confidence",
    "explanation",
    "country",
    "admin1",
    "sides",
    "units",
    "casualties",
    "sources",
    "language",
    "graphic",
    "extra",
]

SIDES = st.lists(st.sampled_from(["UKR", "RUS", "PRK", "M23"]), max_size=3)
EVENTS = st.builds(
    Event,
    id=st.text(min_size=1),
    title=st.none() | st.text(),
    status=st.none() | st.sampled_from(["claimed", "confirmed", "disputed", "denied"]),
    date_start=st.none() | st.dates().map(str),
    geometry=st.none() | st.builds(Point, st.floats(-180, 180), st.floats(-90, 90)),
    uncertainty_m=st.none() | st.floats(0, 1e7),
    where_prec=st.none() | st.integers(1, 7),
    graphic=st.none() | st.booleans(),
    sides=SIDES,
    extra=st.none() | st.dictionaries(st.text(), st.none() | st.integers() | st.text()),
)


def test_the_table_has_the_columns_of_the_design_in_order():
    """Others rely on the names and their order."""
    assert tuple(DESIGN_COLUMNS) == COLUMNS


@given(st.lists(EVENTS, max_size=5))
def test_events_survive_the_table(events):
    """Nothing is lost or invented between records and rows."""
    assert to_events(from_events(events)) == events


def test_an_empty_table_has_all_columns():
    """No event is a table too."""
    table = from_events([])
    assert list(table.columns) == list(COLUMNS)
    assert table.crs == "EPSG:4326"


def test_other_reference_systems_are_reprojected():
    """The table is in longitude and latitude, whatever came."""
    frame = gpd.GeoDataFrame({"id": ["a"]}, geometry=[Point(0, 0)], crs=3857).to_crs(3857)
    moved = gpd.GeoDataFrame({"id": ["a"]}, geometry=[Point(111319.49, 0)], crs=3857)
    assert as_table(frame).crs == "EPSG:4326"
    assert as_table(moved).geometry.iloc[0].x == pytest.approx(1, abs=1e-6)


def test_a_column_that_is_not_of_the_table_is_refused():
    """A misspelt column must not vanish."""
    with pytest.raises(InputError, match="extra"):
        as_table(pd.DataFrame({"id": ["a"], "titel": ["x"]}))


def test_a_bad_cell_is_named_by_row_and_column():
    """Row numbers are a spreadsheet's."""
    table = as_table(pd.DataFrame({"id": ["a", "b"], "date_start": ["2024-12-14", "31/04/2024"]}))
    with pytest.raises(CellError, match=r"events.csv, row 3, column 'date_start'.*31/04/2024"):
        to_events(table, "events.csv")


@pytest.mark.parametrize(
    "members",
    [
        {"date_start": "2024-12-32"},
        {"date_start": "2024-12-14", "date_end": "2024-12-13"},
        {"casualties": [{"min": 5, "max": 3, "kind": "killed"}]},
        {"event_type": "War"},
        {"event_type": "Battles: Grenade"},
        {"country": "Russia"},
        {"where_prec": 8},
        {"units": [{"name": "x", "sidc": "123"}]},
        {"colour": "red"},
    ],
)
def test_what_breaks_the_schema_is_refused(members):
    """Each rule of the schema holds."""
    with pytest.raises(ValidationError):
        Event(id="a", **members)


@pytest.mark.parametrize("kind", EVENT_TYPES)
def test_sub_event_types_belong_to_their_type(kind):
    """ACLED's sub-events are accepted under their own type."""
    for sub in EVENT_TYPES[kind]:
        assert Event(id="a", event_type=f"{kind}: {sub}").event_type == f"{kind}: {sub}"


def test_rows_meet_the_published_schema():
    """What we write is what `dateline schema` says."""
    event = Event(
        id="a",
        geometry=Polygon([(0, 0), (1, 0), (1, 1)]),
        casualties=[{"min": 11, "max": 19, "kind": "killed"}],
        date_start="2024-12-14",
    )
    jsonschema.validate(event.model_dump(mode="json"), Event.model_json_schema())


def test_an_empty_geometry_is_unknown():
    """An empty shape says nothing of a place."""
    assert Event(id="a", geometry=Polygon()).geometry is None


def test_identifiers_are_the_same_in_every_run():
    """The hash does not depend on the interpreter."""
    assert stable_id("article.txt", 10, 20) == "fb2b0b843b0a3613"
    assert stable_id("a", "b") != stable_id("ab")
