"""The page is one document that holds all it needs, the same in every run."""

import re

import folium
import geopandas as gpd
import pytest
from page_events import event, events
from shapely.geometry import LineString

from dateline.errors import ConfigError
from dateline.layers import mapdata
from dateline.layers.basemap import Basemap, levels
from dateline.layers.page import draw
from dateline.layers.palette import looks
from dateline.layers.side_names import side_name
from dateline.layers.symbols import render, seen_from
from dateline.lexicon import languages, lexicon

BUILT = "2024-04-01T12:00"


def document(**options):
    """Return the page of the made-up events."""
    return draw(events(), built=BUILT, **options).get_root().render()


def test_the_map_is_a_folium_map(tmp_path):
    """It saves to a path, and to a file that was opened for bytes."""
    chart = draw(events(), title="Hillshire", built=BUILT)
    assert isinstance(chart, folium.Map)
    chart.save(tmp_path / "a.html")
    with (tmp_path / "b.html").open("wb") as file:
        chart.save(file, close_file=False)
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_the_same_events_give_the_same_bytes():
    """Names of elements, dates and order do not change from run to run."""
    assert document() == document()


def test_nothing_is_linked_but_sources():
    """No script, style, picture or font from elsewhere."""
    html = re.sub(r"<script>.*?</script>", "", document(), flags=re.DOTALL)
    assert not re.search(r"<(script|img|iframe)[^>]*\ssrc=.(?!data:)", html)
    assert not re.search(r"<link(?![^>]*data:)", html)
    assert not re.search(r"url\((?!['\"]?data:)", html)
    assert "jquery" not in html.lower()
    assert "bootstrap" not in html.lower()


def test_the_policy_names_every_inline_element():
    """Nothing else runs: the policy allows hashes only."""
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', document())[1].replace(
        "&#39;", "'"
    )
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy


def test_report_text_is_no_template():
    """What branca would evaluate stays text."""
    table = events()
    table.loc[8, "title"] = "{{ 7 * 191 }} {% raw %}"
    table["sides"] = [["{{ 7 * 191 }}"]] * len(table)
    html = draw(table, title="{{ 7 * 191 }}", built=BUILT).get_root().render()
    assert "1337" not in html
    assert '<h1 dir="auto">{{ 7 * 191 }}</h1>' in html


def test_layers_that_ask_third_parties_are_refused():
    """The error names the host and the way out."""
    chart = draw(events(), built=BUILT)
    folium.TileLayer("OpenStreetMap").add_to(chart)
    with pytest.raises(ConfigError, match=r"tile\.openstreetmap\.org.*allow_remote=True"):
        chart.get_root().render()


def test_tiles_are_allowed_when_asked_for_and_the_page_says_whom_it_asks():
    """The policy opens for that host only."""
    html = document(tiles="https://tiles.example/{z}/{x}/{y}.png", attribution="Example maps")
    assert "img-src data: blob: https://tiles.example;" in html
    assert '"remote":["https://tiles.example"]' in html
    assert "Example maps" in html


def test_the_users_own_layers_join_the_map():
    """A layer without remote parts needs no permission and can be switched."""
    chart = draw(events(), built=BUILT)
    group = folium.FeatureGroup(name="Front line").add_to(chart)
    folium.PolyLine([(51, 35), (51.5, 35.5)]).add_to(group)
    html = chart.get_root().render()
    assert '"title":"Front line"' in html
    assert "L.polyline" in html


def test_social_cards_need_an_address():
    """With one the page has them."""
    assert "og:title" not in document()
    assert 'property="og:url" content="https://news.example/map"' in document(
        url="https://news.example/map"
    )


def test_given_borders_replace_the_basemaps_where_they_run():
    """And are credited."""
    line = LineString([(34.1, 51.9), (34.4, 51.2), (35.4, 50.6)])
    borders = gpd.GeoDataFrame({"attribution": ["OpenStreetMap (ODbL)"]}, geometry=[line], crs=4326)
    bounds = (34.0, 50.5, 36.0, 52.0)
    with_given, without = Basemap(bounds, borders=borders), Basemap(bounds)
    assert with_given.attribution[-1] == "Borders: OpenStreetMap (ODbL)"
    assert with_given.packed != without.packed


def test_crimea_lies_behind_no_international_border():
    """The line at Perekop is one between regions (General Assembly resolution 68/262)."""
    borders, regions = mapdata.lines("borders_10m"), mapdata.lines("regions_10m")
    isthmus = (33.55, 46.08, 33.85, 46.2)
    lines = (borders.xy[borders.starts[n] : borders.starts[n + 1]] for n in borders.near(isthmus))
    inside = [((xy > isthmus[:2]) & (xy < isthmus[2:])).all(axis=1).any() for xy in lines]
    assert not any(inside)
    assert len(regions.near(isthmus)) > 0


@pytest.mark.parametrize(
    ("box", "language", "expected"),
    [
        ((33.0, 44.5, 35.5, 45.8), "en", {"Ukraine"}),  # Crimea
        ((33.5, 50.3, 37.0, 52.5), "uk", {"Україна", "Росія"}),
        ((34.5, 31.0, 36.5, 34.0), "he", {"ישראל", "לבנון", "סוריה", "ירדן", "פלסטין"}),
        ((-40.0, 10.0, -30.0, 20.0), "en", set()),  # the open sea
    ],
)
def test_countries_are_named_where_their_land_is(box, language, expected):
    """In the page's language, within the box, on the side of the border that is theirs."""
    found = mapdata.countries(box, language)
    assert {name for _, _, name in found} == expected
    assert all(box[0] < x < box[2] and box[1] < y < box[3] for x, y, _ in found)


def test_sides_have_names_where_no_script_runs():
    """The editor's, the country's in the page's language, or their own."""
    assert side_name("RUS", "de") == "Russland"
    assert side_name("RUS", "de", {"RUS": "Moskau"}) == "Moskau"
    assert side_name("Hamas", "de") == "Hamas"
    rows = events(8).assign(sides=[["UKR"]] * 8)
    assert (
        "<p>Ereignisse nach Seite: Ukraine 8</p>" in draw(rows, language="de").get_root().render()
    )


def test_levels_hold_one_another():
    """The finest is the smallest; without places there is the world."""
    near, far, world = levels((34, 50, 36, 52))
    assert far.box[0] < near.box[0] < 34
    assert 36 < near.box[2] < far.box[2]
    assert world.box[0] == -180
    assert [level.scale for level in levels(None)] == ["110m"]


def test_towns_have_names_in_the_pages_language():
    """Where GeoNames knows one in its script."""
    box = (34.0, 50.5, 37.0, 52.0)
    names = {
        code: mapdata.towns(box, code, smallest=40, most=50).names for code in ("en", "uk", "ru")
    }
    assert "Sumy" in names["en"]
    assert "Суми" in names["uk"]
    assert "Сумы" in names["ru"]


def test_symbols_have_one_frame_without_a_perspective():
    """Friend and foe are drawn when asked for only."""
    code = "10031000181211000000"
    assert seen_from(code, "AAA", None)[3] == seen_from(code, "BBB", None)[3] == "4"
    assert (
        seen_from(code, "AAA", "AAA")[3],
        seen_from(code, "BBB", "AAA")[3],
        seen_from(code, None, "AAA")[3],
    ) == ("3", "6", "1")


def test_claimed_symbols_are_dashed():
    """And filled with their side's colour."""
    plain, dashed = (render("10041000181211000000", "rgb(1,2,3)", on) for on in (False, True))
    assert "rgb(1,2,3)" in plain
    assert "dasharray" not in plain
    assert "dasharray" in dashed
    assert render("nonsense", "red") is None


def test_sides_have_looks_of_their_own():
    """Colour and shape both tell them apart."""
    found = looks(["RUS", "UKR", "X", "Y"])
    assert len({look["colour"] for side, look in found.items() if side}) == 4
    assert len({look["shape"] for side, look in found.items() if side}) == 4
    with pytest.raises(ConfigError, match="#rrggbb"):
        looks(["X"], {"X": "red"})


COUNTED = {"events", "units", "without_place", "without_date", "download_withheld"}
FORMS = {
    1: "id ja ko ms vi zh",
    2: "de en es fa fi fr hi hu it nl pt sv tr",  # the Romance languages' third form is for millions
    3: "he lv ro",
    4: "be cs pl ru uk",
    6: "ar",
}
"""How many plural forms a language has, by the Unicode Common Locale Data Repository."""


@pytest.mark.parametrize("code", languages())
def test_every_language_says_the_whole_page(code):
    """The same keys as English, none empty, and no placeholder lost."""
    english, strings = lexicon("en")["ui"], lexicon(code)["ui"]
    assert set(strings) == set(english)
    assert [key for key, text in strings.items() if not text.strip()] == []
    placed = {key: set(re.findall(r"\{\w+\}", text)) for key, text in strings.items()}
    wanted = {key: set(re.findall(r"\{\w+\}", text)) for key, text in english.items()}
    assert placed == wanted


@pytest.mark.parametrize("code", languages())
def test_counted_strings_have_the_plural_forms_of_their_language(code):
    """As many as it has; one that does not say the number is for none, one or two."""
    forms = next(count for count, codes in FORMS.items() if code in codes.split())
    for key in COUNTED:
        parts = lexicon(code)["ui"][key].split("|")
        assert len(parts) == forms, key
        assert all("{n}" in part for part in parts[3 if forms == 6 else 2 if forms == 3 else 0 :])


def test_an_empty_table_makes_a_page():
    """Saying that there is no event."""
    html = draw(events().iloc[:0], built=BUILT).get_root().render()
    assert '"n":0' in html


def test_a_single_event_across_the_antimeridian_is_drawn():
    """Bounds beyond 180 degrees are bounds too."""
    from shapely.geometry import Point

    rows = [event(1, geometry=Point(179.5, -17)), event(2, geometry=Point(-179.5, -17))]
    chart = draw(gpd.GeoDataFrame(rows, geometry="geometry", crs=4326), built=BUILT)
    assert '"bounds":[[-17.0,179.5],[-17.0,180.5]]' in chart.get_root().render()
