"""Promises about banks of rivers, parts of regions, what places enclose, and what is understood in part."""

import pytest
import shapely

from dateline.geo.geocoder import Context
from dateline.geo.names import name_keys
from dateline.geo.tables import read_table


def located(geocoder, text, language, country=None):
    """Return the location of one expression."""
    (location,) = geocoder.locate([text], Context(language=language, country=country))
    return location


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("left bank of the Dnipro in Kherson oblast", "en"),
        ("am linken Ufer des Dnipro in der Region Cherson", "de"),
        ("sur la rive gauche du Dniepr, dans la région de Kherson", "fr"),
        ("на левом берегу Днепра в Херсонской области", "ru"),
        ("на лівому березі Дніпра в Херсонській області", "uk"),
    ],
)
def test_a_bank_of_a_river_in_a_region_is_one_side_of_it_there(geocoder, text, language):
    """Oleshky lies on it, Kherson across the river does not, and nothing of it is outside of the region."""
    location = located(geocoder, text, language)
    assert location.kind == "along"
    assert location.admin1 == "UA-65"
    assert location.geometry.covers(shapely.Point(32.72, 46.63))
    assert not location.geometry.covers(shapely.Point(32.61, 46.66))
    assert location.geometry.bounds[3] < 47.7


def test_left_and_right_are_as_seen_down_the_river(geocoder):
    """The two banks together are both sides."""
    left, right = (
        located(geocoder, f"{side} bank of the Dnipro", "en") for side in ("left", "right")
    )
    west, east = shapely.Point(33.2, 46.9), shapely.Point(33.5, 46.72)
    assert left.geometry.covers(east)
    assert not left.geometry.covers(west)
    assert right.geometry.covers(west)
    assert not right.geometry.covers(east)


def test_a_border_in_a_region_is_the_regions_own(geocoder):
    """The Ukrainian border in Kursk region is not all of it."""
    location = located(geocoder, "along the border with Ukraine in Kursk region", "en")
    assert location.kind == "border"
    assert location.admin1 == "RU-KRS"
    assert location.uncertainty_m < 100_000


def test_a_distance_from_a_border_follows_the_border(geocoder):
    """And of a country's borders it is the one with the country spoken of."""
    location = located(geocoder, "30 kilometres from the Russian border", "en", "UA")
    assert location.geometry.covers(shapely.Point(36.3, 50.2))
    assert not location.geometry.covers(shapely.Point(103.8, 50.2))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("the tri-border area of Mali, Niger and Burkina Faso", "en"),
        ("the Mali-Niger-Burkina Faso tri-border area", "en"),
        ("la zone des trois frontières entre le Mali, le Niger et le Burkina Faso", "fr"),
        ("im Dreiländereck von Mali, Niger und Burkina Faso", "de"),
        ("на стыке границ Мали, Нигера и Буркина-Фасо", "ru"),
        ("المثلث الحدودي بين مالي والنيجر وبوركينا فاسو", "ar"),
        ("马里、尼日尔和布基纳法索三国交界处", "zh"),
        ("マリ、ニジェール、ブルキナファソの三国国境地帯", "ja"),
    ],
)
def test_three_borders_meet_in_one_place(geocoder, text, language):
    """It is where all three are, not the three countries."""
    location = located(geocoder, text, language)
    assert location.kind == "border"
    assert location.uncertainty_m < 100_000
    assert location.geometry.covers(shapely.Point(0.23, 14.93))


def test_a_triangle_holds_what_lies_between_its_corners(geocoder):
    """Three towns enclose an area."""
    location = located(geocoder, "the triangle between Sudzha, Korenevo and Glushkovo", "en")
    assert location.kind == "between"
    assert location.geometry.covers(shapely.Point(34.95, 51.3))


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("the Saltivka neighbourhood in Kharkiv", "en", "Kharkiv"),
        ("Khreshchatyk Street in Kyiv", "en", "Kyiv"),
        ("Omdurman, across the Nile from Khartoum", "en", "Omdurman"),
    ],
)
def test_what_is_understood_of_an_expression_says_where_it_is(geocoder, text, language, name):
    """With less confidence than the place by itself, and saying so."""
    location = located(geocoder, text, language)
    alone = located(geocoder, name, language)
    assert location.name == name
    assert location.confidence < alone.confidence
    assert "was understood" in location.explanation


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("northern Gaza", "en"),
        ("شمال غزة", "ar"),
        ("ガザ北部", "ja"),
        ("en el norte de Gaza", "es"),
    ],
)
def test_a_part_of_a_town_that_fills_its_region_is_a_part_of_the_region(geocoder, text, language):
    """The north of Gaza is that of the Strip."""
    location = located(geocoder, text, language)
    assert location.kind == "part_of_region"
    assert location.admin1 == "PS-GZZ"
    assert location.geometry.covers(shapely.Point(34.5, 31.54))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("im Bezirk Sudscha", "de"),
        ("le district de Soudja", "fr"),
        ("库尔斯克州苏贾区", "zh"),
        ("Sudzha district", "en"),
    ],
)
def test_a_district_is_not_the_town_it_is_named_after(geocoder, text, language):
    """However near to a front the town is."""
    assert located(geocoder, text, language).kind == "district"


def test_a_world_city_keeps_its_name_unless_the_country_says_otherwise(geocoder):
    """New York is a village at a front too."""
    assert located(geocoder, "New York", "en").country == "US"
    assert located(geocoder, "New York", "en", "UA").country == "UA"


def test_a_village_known_by_its_municipality_says_so(geocoder):
    """Its point is approximate, and its codes and radius tell."""
    location = located(geocoder, "Уманське", "uk", "UA")
    assert location.admin1 == "UA-14"
    assert location.method == "municipality middle"
    assert (location.geo_precision, location.where_prec) == (2, 2)
    assert location.uncertainty_m >= 5_000
    assert "municipality" in location.explanation


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("the M4 highway between Aleppo and Latakia", "en"),
        ("трасса М-4 между Алеппо и Латакией", "ru"),
    ],
)
def test_a_numbered_road_lies_between_its_towns(geocoder, text, language):
    """Its number is no place."""
    location = located(geocoder, text, language)
    assert location.kind == "along"
    assert location.geometry.covers(shapely.Point(36.47, 35.87))


def test_a_part_of_a_sea_is_a_part_of_it(geocoder):
    """Odesa's waters are in the north-west of the Black Sea, Georgia's are not."""
    location = located(geocoder, "the north-western part of the Black Sea", "en")
    assert location.kind == "water"
    assert location.geometry.covers(shapely.Point(31.0, 45.5))
    assert not location.geometry.covers(shapely.Point(38.5, 42.0))


def test_the_side_of_a_border_is_told_with_its_other_side(geocoder):
    """The border is the one between the two."""
    location = located(geocoder, "on the Ukrainian side of the border with Belarus", "en")
    assert location.kind == "border"
    assert location.geometry.covers(shapely.Point(27.9, 51.6))


def test_no_name_stands_in_both_tables_of_areas():
    """Seas and straits are features; large_areas.csv holds what has no one place."""
    keys = [
        {key for row in read_table(table) for key in name_keys(row["names"].split("|"))}
        for table in ("large_areas.csv", "features.csv")
    ]
    assert keys[0] & keys[1] == set()
