"""What the page gets is what the table holds."""

import json
import zlib

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_events import event, events
from shapely.geometry import Point, Polygon

from dateline.errors import InputError
from dateline.layers.clean import clean, web_address
from dateline.layers.columns import Columns, facet, planes, zigzag
from dateline.layers.grid import CELLS, hilbert, to_grid, unwrap
from dateline.layers.payload import AREA, DATED, LOCATED, pack


def unpack(payload):
    """Return the payload's dictionaries and columns, read as the page reads them."""
    core = zlib.decompress(payload.core, -15)
    size = int.from_bytes(core[:4], "little")
    head, at, n = json.loads(core[4 : 4 + size]), 4 + size, payload.meta["n"]
    columns = {}
    for name, width, differences in payload.meta["layout"]:
        band = np.frombuffer(core, np.uint8, n * width, at).reshape(width, n)
        values = np.ascontiguousarray(band.T).view(f"<u{width}").reshape(n).astype(np.int64)
        columns[name] = np.cumsum((values >> 1) ^ -(values & 1)) if differences else values
        at += n * width
    return head, columns


def texts(payload):
    """All text columns of the payload."""
    rows = {name: [] for name in payload.meta["texts"]}
    for block in payload.blocks:
        cells = zlib.decompress(block, -15).decode().split("\x1e")
        for name, column in zip(payload.meta["texts"], cells, strict=True):
            rows[name] += column.split("\x1f")
    return rows


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-85, 85)), min_size=1, max_size=50))
def test_positions_come_back_within_a_cell(places):
    """A grid cell is at most 1.2 m wide, so is the error."""
    lon, lat = np.array(places).T
    x, y = to_grid(lon, lat)
    assert np.allclose(x / CELLS * 360 - 180, lon, atol=360 / CELLS)
    back = np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * y / CELLS))))
    assert np.allclose(back, lat, atol=360 / CELLS)


@given(st.lists(st.integers(-(2**30), 2**30), max_size=40))
def test_zigzag_is_undone_by_its_inverse(values):
    """Signs survive."""
    coded = zigzag(np.array(values, np.int64)).astype(np.int64)
    assert list((coded >> 1) ^ -(coded & 1)) == values


@given(
    st.lists(
        st.lists(st.sampled_from("abcd"), unique=True).map(lambda s: tuple(sorted(s))), max_size=30
    )
)
def test_facets_hold_every_list(lists):
    """Members and combinations give back what each event lists."""
    found = facet(lists)
    back = [
        tuple(sorted(found.members[k] for k in found.combinations[code])) for code in found.codes
    ]
    assert back == [values or ("",) for values in lists]


def test_the_hilbert_order_visits_every_cell_once():
    """All 64 cells of a square have distances of their own, neighbours next to one another."""
    x, y = (grid.ravel() for grid in np.meshgrid(np.arange(8), np.arange(8)))
    order = np.argsort(hilbert(x, y))
    steps = np.abs(np.diff(x[order])) + np.abs(np.diff(y[order]))
    assert (steps == 1).all()


def test_longitudes_lie_together_across_the_antimeridian():
    """Fiji and Samoa are neighbours."""
    assert list(unwrap(np.array([178.0, -178.0]))) == [178.0, 182.0]
    assert list(unwrap(np.array([10.0, 20.0]))) == [10.0, 20.0]


def test_columns_take_the_narrowest_width():
    """A byte where a byte is enough."""
    columns = Columns(2, np.array([1, 0]))
    for name, top in (("a", 255), ("b", 256), ("c", 70000)):
        columns.add(name, np.array([0, top]))
    assert columns.layout == [("a", 1, 0), ("b", 2, 0), ("c", 4, 0)]
    assert columns.parts[1] == planes(np.array([256, 0], "<u2"))


def test_every_event_is_packed():
    """Nothing is dropped: events without place or date too."""
    payload = pack(events())
    _, columns = unpack(payload)
    assert payload.meta["n"] == 40
    assert sum(columns["flags"] & LOCATED > 0) == 39
    assert sum(columns["flags"] & DATED > 0) == 39
    assert sum(columns["flags"] & AREA > 0) == 3
    assert min(texts(payload)["title"]) == "Ambush at the old mill"


def test_the_same_events_give_the_same_bytes():
    """Packing is reproducible."""
    first, second = pack(events()), pack(events())
    assert (first.core, first.blocks, first.shapes) == (second.core, second.blocks, second.shapes)


def test_a_minimal_table_is_enough():
    """Timestamps, and most columns missing."""
    table = gpd.GeoDataFrame(
        {"title": ["a", "b"], "date_start": pd.to_datetime(["2024-01-02", None])},
        geometry=[Point(1, 2), None],
        crs=4326,
    )
    _, columns = unpack(pack(table))
    assert list(columns["flags"]) == [LOCATED | DATED, 0]
    assert (
        columns["start"][0]
        == pd.Timestamp("2024-01-02").toordinal() - pd.Timestamp("1970-01-01").toordinal()
    )


def test_no_event_at_all_is_no_error():
    """An empty table makes an empty page."""
    payload = pack(events().iloc[:0])
    assert (payload.meta["n"], payload.bounds) == (0, None)


@pytest.mark.parametrize(
    "point", [Point(float("inf"), 5), Point(5, float("nan")), Point(5, 91), Point(1e9, 0), Point()]
)
def test_coordinates_that_are_none_are_no_place(point):
    """No Null Island: the event is listed without a place."""
    _, columns = unpack(
        pack(gpd.GeoDataFrame([event(1, geometry=point)], geometry="geometry", crs=4326))
    )
    assert not columns["flags"][0] & LOCATED


def test_other_reference_systems_are_reprojected():
    """A table in Web Mercator lands where it belongs."""
    here, there = pack(events()), pack(events().to_crs(3857))
    assert np.allclose(here.bounds, there.bounds)


def test_an_end_before_the_start_is_ignored():
    """The start is kept."""
    table = gpd.GeoDataFrame(
        [event(1, date_start="2024-05-02", date_end="2024-05-01")], geometry="geometry", crs=4326
    )
    _, columns = unpack(pack(table))
    assert columns["span"][0] == 0


def test_units_with_one_name_on_two_sides_stay_apart():
    """Each gets its side in brackets."""
    rows = [
        event(n, units=[{"name": "1st Brigade", "side": side}])
        for n, side in enumerate(["AAA", "BBB"])
    ]
    payload = pack(gpd.GeoDataFrame(rows, geometry="geometry", crs=4326))
    assert sorted(payload.facets["units"].members) == ["1st Brigade (AAA)", "1st Brigade (BBB)"]


def test_polygons_that_repeat_are_packed_once():
    """A region that fifty events share is one shape."""
    area = Polygon([(35, 51), (36, 51), (36, 52)])
    rows = [event(n, geometry=area) for n in range(50)]
    assert pack(gpd.GeoDataFrame(rows, geometry="geometry", crs=4326)).meta["shapes"][0] == 1


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.org",
        "ftp://example.org",
        "https://",
        "https://a b",
        "http://user@evil.example",
        'https://x"onclick=',
        "",
        None,
    ],
)
def test_only_addresses_of_the_web_become_links(address):
    """Everything else is no address."""
    assert web_address(address) == ""


def test_web_addresses_are_kept_as_they_are():
    """Ports, queries and other scripts included."""
    for address in (
        "https://example.org",
        "http://example.org:8080/a?b=c#d",
        "https://пример.рф/новини",
    ):
        assert web_address(address) == address


@given(st.text())
def test_cleaned_text_has_no_controls(text):
    """What is left can stand in a page and between separators."""
    assert not set(clean(text)) & set(
        map(chr, [*range(9), *range(11, 32), 0x2028, 0x2029, 0x202E, 0x2066])
    )


def test_endless_text_is_cut():
    """A megabyte becomes a line."""
    assert clean("x" * 10**6, 300) == "x" * 299 + "…"


def test_what_is_no_table_is_refused():
    """The error says what was expected."""
    with pytest.raises(InputError, match="expected a GeoDataFrame of events"):
        pack([1, 2])
