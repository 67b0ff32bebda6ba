"""Promises about coordinates as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import InputError
from dateline.geo.coordinates import parse_coordinates


@pytest.mark.parametrize(
    "text",
    [
        "51.1911, 35.2714",
        "51.1911 35.2714",
        "51,1911; 35,2714",
        "(51.1911, 35.2714)",
        "51.1911N, 35.2714E",
        "35.2714E, 51.1911N",
        "N51.1911 E35.2714",
        "51°11'28\"N 35°16'17\"E",
        "51° 11′ 28″ N, 35° 16′ 17″ E",
        "51°11.467'N 35°16.284'E",
        "51°11'28\"с 35°16'17\"в",
        "geo:51.1911,35.2714",
    ],
)
def test_every_notation_gives_the_same_point(text):
    """Decimal degrees, minutes and seconds, hemispheres before or after, in either order."""
    found = parse_coordinates(text)
    assert (found.lat, found.lon) == (
        pytest.approx(51.1911, abs=2e-4),
        pytest.approx(35.2714, abs=2e-4),
    )


def test_mgrs_and_plus_codes_are_read():
    """A grid square and a plus code give their centres."""
    grid = parse_coordinates("36U YB 58703 74940")
    assert (grid.lat, grid.lon) == (pytest.approx(51.19, abs=0.5), pytest.approx(36.7, abs=1.0))
    plus = parse_coordinates("8GX57J3C+2V")
    assert (plus.lat, plus.lon) == (
        pytest.approx(49.2526, abs=1e-3),
        pytest.approx(23.6222, abs=1e-3),
    )


def test_fewer_digits_are_less_certain():
    """Half the step of the last digit is the uncertainty."""
    assert parse_coordinates("51.19, 35.27").metres == pytest.approx(556, abs=2)
    assert parse_coordinates("51.19110, 35.27140").metres < parse_coordinates("51.19, 35.27").metres


def test_swapped_coordinates_are_refused_with_the_remedy():
    """A longitude where the latitude should be is noticed."""
    with pytest.raises(InputError, match="swap"):
        parse_coordinates("135.27, 51.19")


def test_coordinates_off_the_globe_are_refused():
    """Nothing is invented for numbers that are no place."""
    with pytest.raises(InputError, match="latitude"):
        parse_coordinates("95.2, 200.1")


@pytest.mark.parametrize(
    "text", ["Sudzha", "4142", "11, 19", "2024-12-14", "11,000 troops", "14/12", "5 km", ""]
)
def test_other_numbers_are_no_coordinates(text):
    """Dates, counts and distances are not taken for a place."""
    assert parse_coordinates(text) is None


@given(st.floats(-89.9, 89.9), st.floats(-179.9, 179.9))
def test_decimal_degrees_round_trip(lat, lon):
    """What is written with six digits is read back within a metre or so."""
    found = parse_coordinates(f"{lat:.6f}, {lon:.6f}")
    assert (found.lat, found.lon) == (pytest.approx(lat, abs=1e-6), pytest.approx(lon, abs=1e-6))


@given(st.text(alphabet="0123456789.,;°'\"NSEWсв +-", max_size=30))
def test_nothing_that_looks_like_coordinates_breaks_the_reader(text):
    """Any such text gives a point, none, or a clear refusal."""
    try:
        found = parse_coordinates(text)
    except InputError:
        return
    assert found is None or (abs(found.lat) <= 90 and abs(found.lon) <= 180)
