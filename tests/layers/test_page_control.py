"""Areas of control on the page: what a table of them may hold, and who is credited."""

import html

import geopandas as gpd
import pandas as pd
import pytest
from page_events import events
from shapely.geometry import Point, box

from dateline.errors import ConfigError, InputError
from dateline.layers.control import control_of
from dateline.layers.held import slants
from dateline.layers.page import draw
from dateline.layers.tiles import tile_layer


def held(**values):
    """One area that somebody holds, with values of its own."""
    row = {
        "date": "2024-03-05",
        "side": "AAA",
        "source": "Map Desk",
        "credit": "Map Desk (CC BY 4.0)",
        "geometry": box(35, 51, 36, 52),
    }
    return row | values


def table(*rows):
    """Return rows as a table of control."""
    return gpd.GeoDataFrame(list(rows), geometry="geometry", crs=4326)


def test_what_is_not_known_stays_unknown():
    """No day, no side and no source are no error, and nothing is put in their place."""
    areas = control_of(table(held(), held(date=None, side=None, source=None, credit=None))).areas
    assert areas[0]["day"] == (pd.Timestamp("2024-03-05") - pd.Timestamp(0)).days
    assert areas[1] == {"side": "", "source": "", "credit": "", "day": None}


def test_only_a_geometry_is_needed():
    """Other columns may be absent, timestamps are days, other reference systems are reprojected."""
    bare = table(held())[["geometry"]].to_crs(3857)
    assert control_of(bare).areas[0]["day"] is None
    stamped = table(held(date=pd.Timestamp("2024-03-05 10:00")))
    assert control_of(stamped).areas == control_of(table(held())).areas
    assert control_of(bare).shapes[0].equals_exact(box(35, 51, 36, 52), 1e-6)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (held(geometry=Point(35, 51)), r"polygons.*row 1.*'Point'"),
        (held(date="in spring"), r"2024-12-14.*row 1.*'in spring'"),
    ],
)
def test_what_cannot_be_shown_is_refused(row, expected):
    """Saying which row, what was expected and what came."""
    with pytest.raises(InputError, match=expected):
        control_of(table(held(), row))


def test_a_plain_table_is_refused():
    """Control without areas is none."""
    with pytest.raises(InputError, match="GeoDataFrame"):
        control_of(pd.DataFrame({"date": ["2024-03-05"]}))


def test_the_page_credits_whoever_says_so_once():
    """In the page's language, before the events' own credits."""
    html = draw(events(), control=table(held(), held(side="BBB")), built="2024-04-01").get_root()
    assert html.render().count("Control of territory: Map Desk (CC BY 4.0)") == 1


def test_sides_that_only_hold_land_have_a_look():
    """A side no event names gets a colour of its own."""
    html = draw(events(), control=table(held(side="CCC")), built="2024-04-01").get_root().render()
    assert '"CCC":{"colour":' in html


def test_no_area_is_no_layer():
    """An empty table adds nothing."""
    html = draw(events(), control=table(held()).iloc[:0], built="2024-04-01").get_root().render()
    assert "startControl(map_" not in html


@pytest.mark.parametrize("name", ["Nosuch.Tiles", "https://tiles.example/map.png"])
def test_tiles_that_are_none_are_refused(name):
    """Neither a name that is known nor an address with its three numbers."""
    with pytest.raises(ConfigError, match="tiles: expected"):
        tile_layer(name)


def test_tiles_by_address_credit_their_host():
    """Unless somebody else is named."""
    layer = tile_layer("https://tiles.example/{z}/{x}/{y}.png")
    assert layer.options["attribution"] == "tiles.example"


def test_the_logo_goes_into_the_page(tmp_path):
    """As a picture that asks nobody; what is none is refused."""
    logo = tmp_path / "logo.svg"
    logo.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
    html = draw(events(8), logo=logo, built="2024-04-01").get_root().render()
    assert '<img class="dl-logo" src="data:image/svg+xml;base64,' in html
    logo.write_text("no picture", "utf-8")
    with pytest.raises(ConfigError, match="logo: expected PNG"):
        draw(events(8), logo=logo)


def test_readers_without_scripts_see_what_each_source_says_last():
    """The older picture of a source is gone, its holder with it; the later one is striped and dated."""
    areas = table(
        held(date="2024-03-01", side="AAA", source="The desk"),
        held(date="2024-03-09", side="BBB", source="The desk"),
    )
    page = draw(events(), control=areas, built="2024-04-01").get_root().render()
    still = html.unescape(page[page.index("<noscript>") : page.index("</noscript>")])
    assert 'fill="url(#held0)"' in still
    assert "Held by BBB · The desk, as of 2024-03-09" in still
    assert "Held by AAA" not in still


def test_a_page_without_control_has_no_stripes():
    """No pattern, no line about holders."""
    page = draw(events(), built="2024-04-01").get_root().render()
    assert "url(#held" not in page[page.index("<noscript>") :]


def test_sides_stripes_lean_differently():
    """Two holders are told apart without colour; what is contested is crossed."""
    control = control_of(table(held(side="AAA"), held(side="BBB"), held(side=None)))
    assert slants(control) == {"AAA": 0, "BBB": 1, "": 2}
