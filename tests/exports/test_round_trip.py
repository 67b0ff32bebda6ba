"""Every format gives back exactly what was exported."""

import string

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.geometry import mapping

from dateline.event import EVENT_TYPES, Event
from dateline.exports.vector import FORMATS, export
from dateline.reports.tables.own import is_own, read_own
from dateline.table import from_events, to_events

_NASTY = st.sampled_from(
    [
        "=1+1",
        "'=1+1",
        "''",
        "",
        "'",
        " =cmd|'/c calc'!A0",
        "a;=1",
        'a;"=1',
        "@x",
        "+7",
        "\t=1",
        "a\r\n=b\rc\n",
        "_x000D_",
        "_x005F_x000D_",
        "x\x00y",
        "see long text 1",
        "'see long text 2",
        "<b>&amp;]]>",
        "${alert(1)}`",
        "\ufeffbom",
        "\uffff\ufffe",
        "Суджа 👩‍🚀 عربى",
        " lead ",
        "1,5",
        "TRUE",
        "NULL",
        "2024-12-14",
        "=",
        "#N/A",
    ]
)
TEXT = st.text(max_size=12) | _NASTY
MAYBE = st.none() | TEXT
DAYS = st.dates().map(lambda day: day.isoformat())
MINUTES = st.datetimes().map(lambda moment: moment.isoformat(timespec="minutes"))
COUNTS = st.none() | st.integers(0, 5)
LONGITUDES = st.floats(-179, 178, allow_subnormal=False)
LATITUDES = st.floats(-89, 88, allow_subnormal=False)
POINTS = st.builds(shapely.Point, LONGITUDES, LATITUDES)
BOXES = st.builds(
    lambda p, w, h: shapely.box(p.x, p.y, p.x + w, p.y + h),
    POINTS,
    st.floats(0.01, 1),
    st.floats(0.01, 1),
)
HOLED = BOXES.map(lambda box: box.difference(box.centroid.buffer(0.001, quad_segs=1)))
LINES = st.lists(POINTS, min_size=2, max_size=4).map(shapely.LineString)
SIMPLE = POINTS | BOXES | LINES
SHAPES = (
    st.none()
    | SIMPLE
    | HOLED
    | st.lists(POINTS, min_size=1, max_size=3).map(shapely.MultiPoint)
    | st.lists(LINES, min_size=1, max_size=2).map(shapely.MultiLineString)
    | BOXES.map(lambda box: shapely.MultiPolygon([box]))
    | st.lists(SIMPLE, min_size=1, max_size=3).map(shapely.GeometryCollection)
)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=4,
)
UNITS = st.fixed_dictionaries(
    {
        "id": MAYBE,
        "name": TEXT,
        "side": st.none() | st.just("RUS"),
        "sidc": st.none() | st.text("0123456789", min_size=20, max_size=20),
    }
)
CASUALTIES = st.fixed_dictionaries(
    {
        "min": COUNTS,
        "max": st.none() | st.integers(5, 10**12),
        "kind": st.sampled_from(["killed", "strength"]),
        "who": MAYBE,
        "side": st.none(),
        "claimed_by": MAYBE,
    }
)
SOURCES = st.fixed_dictionaries(
    {
        "publisher": MAYBE,
        "url": MAYBE,
        "published": st.none() | DAYS | MINUTES,
        "title": MAYBE,
        "excerpt": MAYBE,
        "licence": MAYBE,
    }
)


@st.composite
def events(draw):
    """Any event that the schema allows."""
    start = draw(st.none() | DAYS | MINUTES)
    return Event(
        id=draw(TEXT.filter(bool)),
        title=draw(MAYBE),
        summary=draw(MAYBE),
        event_type=draw(st.none() | st.sampled_from(list(EVENT_TYPES))),
        status=draw(st.none() | st.just("claimed")),
        date_start=start,
        date_end=draw(st.none() | st.just(start)),
        place=draw(MAYBE),
        geometry=draw(SHAPES),
        uncertainty_m=draw(st.none() | st.floats(0, 1e7)),
        geo_precision=draw(st.none() | st.integers(1, 3)),
        where_prec=draw(st.none() | st.integers(1, 7)),
        confidence=draw(st.none() | st.floats(0, 1)),
        explanation=draw(MAYBE),
        country=draw(st.none() | st.just("UA")),
        admin1=draw(st.none() | st.just("RU-KRS")),
        sides=draw(st.lists(TEXT.filter(bool), max_size=2)),
        units=draw(st.lists(UNITS, max_size=2)),
        casualties=draw(st.lists(CASUALTIES, max_size=2)),
        sources=draw(st.lists(SOURCES, max_size=2)),
        language=draw(st.none() | st.text(string.ascii_lowercase, min_size=2, max_size=2)),
        graphic=draw(st.none() | st.booleans()),
        extra=draw(st.none() | st.dictionaries(TEXT, JSON, max_size=2)),
    )


def _comparable(event):
    """Return an event with its geometry in one normal form."""
    values = event.model_dump()
    shape = event.geometry
    values["geometry"] = shape and mapping(shapely.orient_polygons(shape))
    return values


@pytest.mark.parametrize("suffix", FORMATS)
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(records=st.lists(events(), max_size=4))
def test_every_format_gives_back_what_was_written(tmp_path, suffix, records):
    """No column, character, list, null or coordinate is lost."""
    path = export(from_events(records), tmp_path / f"events{suffix}", overwrite=True)
    if not records and suffix == ".geojsonl":
        return
    assert is_own(path)
    assert [_comparable(e) for e in records] == [_comparable(e) for e in to_events(read_own(path))]
