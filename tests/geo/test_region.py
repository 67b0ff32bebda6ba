"""Countries, regions and borders: right in length and place, whole, kept."""

import numpy as np
import pytest
import shapely
from pyproj import Geod

from dateline.errors import GazetteerError, InputError
from dateline.geo.borders import border_strip
from dateline.geo.place import Place
from dateline.geo.region import Regions
from dateline.geo.region_store import RegionStore
from dateline.geo.snap import snap_region

GEOD = Geod(ellps="WGS84")


def kilometres(line):
    """Return the length of a line."""
    return GEOD.geometry_length(line) / 1000


def square_kilometres(area):
    """Return the size of an area."""
    return abs(GEOD.geometry_area_perimeter(area)[0]) / 1e6


def test_kursk_meets_ukraine_along_some_316_km(regions):
    """The border is OpenStreetMap's, within a hundredth of the measured length."""
    border = regions.border("RU-KRS", "UA")
    assert kilometres(border) == pytest.approx(316, rel=0.01)
    assert border.geom_type == "MultiLineString"


def test_all_of_kursk_meets_only_sumy(regions):
    """Kursk borders no other Ukrainian oblast, and no other country."""
    whole = kilometres(regions.border("RU-KRS", "UA"))
    assert kilometres(regions.border("RU-KRS", "UA-59")) == pytest.approx(whole, rel=0.02)
    assert kilometres(regions.border("RU-KRS")) == pytest.approx(whole, rel=0.02)


def test_a_border_is_the_same_from_both_sides(regions):
    """Order does not matter."""
    assert kilometres(regions.border("UA", "RU-KRS")) == pytest.approx(
        kilometres(regions.border("RU-KRS", "UA"))
    )


def test_regions_of_one_country_have_a_border_too(regions):
    """Kursk and Belgorod meet along some 290 km."""
    assert 240 < kilometres(regions.border("RU-KRS", "RU-BEL")) < 340


def test_countries_that_do_not_touch_have_no_border(regions):
    """An empty line, no error."""
    assert regions.border("UA", "PT").is_empty


def test_a_region_has_its_size_and_lies_within_its_country(regions):
    """Kursk Oblast has 29,997 square kilometres by the register."""
    kursk = regions.admin1("RU-KRS")
    assert kursk.is_valid
    assert square_kilometres(kursk) == pytest.approx(29_997, rel=0.02)
    assert kursk.covers(shapely.Point(35.27, 51.19))
    assert not kursk.covers(shapely.Point(34.80, 50.91))


@pytest.mark.parametrize(
    ("lon", "lat", "country", "admin1"),
    [
        (35.27, 51.19, "RU", "RU-KRS"),
        (34.80, 50.91, "UA", "UA-59"),
        (34.10, 44.95, "UA", "UA-43"),
        (35.18, 32.10, "PS", "PS-WBK"),
        (34.45, 31.50, "PS", "PS-GZZ"),
        (35.75, 33.00, "SY", None),
        (21.16, 42.66, "XK", None),
        (29.23, -1.67, "CD", "CD-NK"),
        (-30.0, 30.0, None, None),
    ],
)
def test_a_point_is_in_its_country_and_region(regions, lon, lat, country, admin1):
    """Recognised borders, not those of control; null at sea."""
    assert regions.at(lon, lat)[0] == country
    assert admin1 is None or regions.at(lon, lat)[1] == admin1


def test_a_country_ends_at_the_shore(regions):
    """Zones reach out to sea, countries do not."""
    israel = regions.country("IL")
    assert not israel.covers(shapely.Point(34.3, 32.0))
    assert square_kilometres(israel) == pytest.approx(20_770, rel=0.05)


def test_a_district_lies_in_its_oblast(regions, gazetteer):
    """Sudzha district has some 1,000 square kilometres and holds Sudzha."""
    district = gazetteer.get("theatre:RU-KRS-sudzhansky")
    area = regions.polygon(district)
    assert square_kilometres(area) == pytest.approx(998, rel=0.15)
    assert area.covers(shapely.Point(35.27, 51.19))
    assert regions.admin1("RU-KRS").buffer(1e-6).covers(area)


def test_a_second_level_region_of_iso_3166_2_has_a_polygon(regions):
    """French departments stand below their regions."""
    assert regions.district("iso:FR-31").covers(shapely.Point(1.44, 43.60))
    assert regions.district("theatre:none") is None


def test_a_river_has_its_course(regions, gazetteer):
    """The Seym of Natural Earth is a line."""
    seym = next(place for place in gazetteer.find("Seym") if place.kind == "water")
    assert kilometres(regions.line(seym)) > 300
    assert regions.line(Place("gn:1", "x", "settlement", 0, 0)) is None


@pytest.mark.parametrize("code", ["XX", "RU-XXX", ""])
def test_unknown_codes_are_refused(regions, code):
    """The error says what a code looks like."""
    with pytest.raises(InputError, match="ISO 3166"):
        regions.admin1(code) if "-" in code else regions.country(code)


def test_shapes_are_kept_and_read_back(tmp_path):
    """What was worked out once is not worked out again, in another process neither."""
    calls = []

    def compute():
        calls.append(1)
        return shapely.box(0, 0, 1, 1)

    for _ in range(2):
        store = RegionStore(tmp_path / "shapes.sqlite")
        assert store.get("a", compute).equals(shapely.box(0, 0, 1, 1))
        store.close()
    assert len(calls) == 1


def test_a_damaged_store_says_what_to_do(tmp_path):
    """A file that is no database names itself and the remedy."""
    (tmp_path / "shapes.sqlite").write_text("no database, but long enough to be taken for one" * 20)
    with pytest.raises(GazetteerError, match="delete that file"):
        RegionStore(tmp_path / "shapes.sqlite")


def test_nothing_is_computed_when_the_shapes_are_opened(tmp_path):
    """Opening costs next to nothing."""
    opened = Regions.open(tmp_path)
    opened.close()
    assert len(list(tmp_path.iterdir())) >= 1


def test_snapping_cuts_at_the_border_and_fills_the_gap():
    """A region takes its country's border where they nearly meet, and shares gaps with its neighbour."""
    country = shapely.box(0, 0, 2, 1)
    west, east = shapely.box(-0.01, 0, 1, 0.97), shapely.box(1, 0, 2.01, 0.97)
    one, two = snap_region(west, [east], country), snap_region(east, [west], country)
    assert one.union(two).symmetric_difference(country).area < 0.002
    assert one.intersection(two).area < 1e-3
    assert one.bounds[0] == pytest.approx(0)


@pytest.mark.parametrize("code", ["RU-KRS", "UA-59", "FR-BRE", "ID-AC"])
def test_who_holds_a_point_is_told_without_fitting_the_region(regions, code):
    """The rule says of nearly every point around a region what the fitted polygon says."""
    region = regions.admin1(code)
    west, south, east, north = region.buffer(0.1).bounds
    lon, lat = (
        axis.ravel()
        for axis in np.meshgrid(np.linspace(west, east, 25), np.linspace(south, north, 25))
    )
    drawn = shapely.contains_xy(region, lon, lat)
    ruled = np.array([regions.holds(code, x, y) for x, y in zip(lon, lat, strict=True)])
    assert drawn.any()
    assert (drawn != ruled).mean() <= 0.005


def test_a_point_beyond_the_antimeridian_has_its_country(regions):
    """A point reached from the other side may have a longitude past 180."""
    assert regions.country_at(-180.5, 67.0) == regions.country_at(179.5, 67.0) == "RU"


def test_stations_in_the_antarctic_are_no_land_of_the_countries_that_run_them(regions):
    """They keep those countries' time, which is where our outlines come from."""
    assert regions.country("ZA").bounds[1] > -60
    assert regions.country_at(-2.8, -71.7) == "AQ"


def test_a_countrys_border_has_both_sides_all_along(regions):
    """The strip reaches into every neighbour, small ones too."""
    strip = border_strip(regions, "DE", None, 15_000.0)
    assert {"DK", "LU", "CZ"} <= regions.bordering("DE")
    for lon, lat in ((9.4, 54.86), (8.2, 47.55), (14.9, 50.87)):
        assert shapely.intersects_xy(strip, lon, lat)


def test_the_border_of_islands_about_the_antimeridian_lies_on_them(regions):
    """Fiji has land on both sides of it and no land border: a strip along its shores."""
    strip = border_strip(regions, "FJ", None, 15_000.0)
    assert shapely.intersects(strip, regions.country("FJ"))
    assert strip.area == pytest.approx(regions.country("FJ").area, rel=0.5)
    assert strip.difference(regions.country("FJ").buffer(0.01)).area < 0.01
