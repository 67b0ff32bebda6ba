"""Cells: dates, coordinates and counts in every usual spelling, and never a default."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.reports.tables.coordinates import read_degrees, read_pairs
from dateline.reports.tables.dates import read_dates
from dateline.reports.tables.numbers import read_counts
from dateline.reports.tables.place import swapped
from dateline.reports.tables.states import alpha2_of, alpha2_of_fips, alpha3_of, state_of_forces


def column(*cells):
    """Return text cells."""
    return pd.Series(list(cells), dtype="str")


def one_date(cell, order=None):
    """Return start, end, precision and badness of one cell."""
    dates = read_dates(column(cell), name="d", order=order)
    return dates.start[0], dates.end[0], dates.precision[0], bool(dates.bad[0])


@pytest.mark.parametrize(
    ("cell", "start", "end", "precision"),
    [
        ("2024-12-14", "2024-12-14", "2024-12-14", "day"),
        ("2024-12-14T05:30:00", "2024-12-14T05:30", "2024-12-14T05:30", "minute"),
        ("2024-12-14 00:00:00", "2024-12-14", "2024-12-14", "day"),
        ("2024-12-14T23:30:00Z", "2024-12-14", "2024-12-14", "day"),
        ("2024/8/4", "2024-08-04", "2024-08-04", "day"),
        ("20241214", "2024-12-14", "2024-12-14", "day"),
        ("20241214153000", "2024-12-14T15:30", "2024-12-14T15:30", "minute"),
        ("14 AUG 2024", "2024-08-14", "2024-08-14", "day"),
        ("August 14, 2024", "2024-08-14", "2024-08-14", "day"),
        ("30 June 2022", "2022-06-30", "2022-06-30", "day"),
        ("14 серпня 2024 р.", "2024-08-14", "2024-08-14", "day"),
        ("2024年8月14日", "2024-08-14", "2024-08-14", "day"),
        ("2024년 8월 14일", "2024-08-14", "2024-08-14", "day"),
        ("٢٠٢٤-٠٨-١٤", "2024-08-14", "2024-08-14", "day"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("02/2024", "2024-02-01", "2024-02-29", "month"),
        ("Feb 2024", "2024-02-01", "2024-02-29", "month"),
        ("2024", "2024-01-01", "2024-12-31", "year"),
        ("14-15 Aug 2024", "2024-08-14", "2024-08-15", "days"),
        ("2024-08-14/2024-08-16", "2024-08-14", "2024-08-16", "days"),
        ("2024-08-14 – 2024-08-16", "2024-08-14", "2024-08-16", "days"),
        ("1723636800", "2024-08-14", "2024-08-14", "day"),
        ("31.12.24", "2024-12-31", "2024-12-31", "day"),
        ("8/14/2024 3:05 PM", "2024-08-14T15:05", "2024-08-14T15:05", "minute"),
    ],
)
def test_dates_are_read_in_every_usual_spelling(cell, start, end, precision):
    """Days, minutes, months, years, ranges; in several scripts."""
    assert one_date(cell) == (start, end, precision, False)


@pytest.mark.parametrize("cell", ["", "-", "n/a", "unknown", "0000-00-00", "0000/00/00", "NULL"])
def test_unknown_dates_are_null_and_not_bad(cell):
    """No date is no error, and no default."""
    assert one_date(cell) == (None, None, None, False)


@pytest.mark.parametrize(
    "cell",
    [
        "31/04/2024",
        "2024-02-30",
        "2023-02-29",
        "soon",
        "14",
        "99999999",
        "2024-13-01",
        "3024-01-01",
    ],
)
def test_days_that_do_not_exist_are_bad(cell):
    """31/04/2024 is no day, nor is a bare number of the month."""
    assert one_date(cell) == (None, None, None, True)


def test_the_column_decides_between_day_and_month():
    """One cell that reads in one way only decides for all, and the note says so."""
    for cells, expected, words in (
        (("03/04/2024", "25/12/2024"), "2024-04-03", "day before month"),
        (("03/04/2024", "12/25/2024"), "2024-03-04", "month before day"),
        (("03.04.2024", "05.06.2024"), "2024-04-03", "day.month.year"),
    ):
        dates = read_dates(column(*cells), name="when", order=None)
        assert dates.start[0] == expected
        assert words in dates.notes[0]


def test_the_sequence_of_the_rows_can_decide():
    """Rows sorted by time under one reading only tell the order."""
    dates = read_dates(
        column("01/02/2024", "02/02/2024", "09/02/2024", "01/03/2024", "12/03/2024"), name="when"
    )
    assert dates.start[0] == "2024-02-01"
    assert "in order of time" in dates.notes[0]


def test_ambiguous_dates_stay_open():
    """Without evidence there is no date; equal day and month can be read."""
    dates = read_dates(column("03/04/2024", "01/02/2024", "05/05/2024"), name="when")
    assert dates.start.tolist() == [None, None, "2024-05-05"]
    assert dates.ambiguous.tolist() == [True, True, False]
    assert not dates.bad.any()
    assert "date_order" in dates.notes[0]


def test_what_the_user_says_decides():
    """date_order overrules the column."""
    assert one_date("03/04/2024", "mdy")[0] == "2024-03-04"
    assert one_date("03/04/2024", "dmy")[0] == "2024-04-03"


@given(
    st.dates(
        min_value=pd.Timestamp("1900-01-01").date(), max_value=pd.Timestamp("2100-12-31").date()
    )
)
def test_every_day_survives_being_written(day):
    """ISO, compact and d.m.Y give the same day back."""
    for text in (day.isoformat(), f"{day:%Y%m%d}", f"{day.day}.{day.month}.{day:%Y}"):
        assert one_date(text, "dmy")[0] == day.isoformat()


@pytest.mark.parametrize(
    ("cell", "axis", "value"),
    [
        ("51.19", "latitude", 51.19),
        ("51,19", "latitude", 51.19),
        ("-0.5", "longitude", -0.5),
        ("51°11'24\"N", "latitude", 51.19),
        ("35° 16' 12\" E", "longitude", 35.27),
        ("35.27W", "longitude", -35.27),
        ("51.19° с".upper(), "latitude", 51.19),
        ("٣٥.٢٧", "longitude", 35.27),
        ("1.5e1", "longitude", 15.0),
    ],
)
def test_angles_are_read_in_every_usual_spelling(cell, axis, value):
    """Decimal points and commas, minutes and seconds, letters of the compass, other digits."""
    assert read_degrees(column(cell), axis).value[0] == pytest.approx(value)


@pytest.mark.parametrize(
    "cell", ["here", "51.19.2", "51 11 24 5", "35.27E", "51°75'N", "inf", "1,234,567"]
)
def test_what_is_no_latitude_is_bad(cell):
    """Words, other axes and impossible minutes."""
    degrees = read_degrees(column(cell), "latitude")
    assert degrees.bad[0]
    assert np.isnan(degrees.value[0])


@pytest.mark.parametrize(
    "cell",
    [
        "51.19, 35.27",
        "51,19; 35,27",
        "51.19 35.27",
        "(51.19, 35.27)",
        "51.19N 35.27E",
        "POINT (35.27 51.19)",
        "35.27E, 51.19N",
    ],
)
def test_pairs_in_one_cell_are_read(cell):
    """Latitude first, unless letters or WKT say otherwise."""
    lat, lon, bad = read_pairs(column(cell))
    assert (lat[0], lon[0], bad[0]) == (pytest.approx(51.19), pytest.approx(35.27), False)


def test_a_swapped_pair_is_found_in_a_table_of_one_region():
    """It lies far from the others, and among them once exchanged; a distant place alone does not."""
    lon = np.array([35.1, 35.2, 35.3, 35.4, 51.2, 35.5, 135.0])
    lat = np.array([51.1, 51.2, 51.0, 51.3, 35.2, 51.2, -30.0])
    assert swapped(lon, lat).tolist() == [False, False, False, False, True, False, False]


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), max_size=30))
def test_swap_detection_never_suspects_most_of_a_table(pairs):
    """The bulk is never told to exchange its cells."""
    lon, lat = np.array([p[0] for p in pairs]), np.array([p[1] for p in pairs])
    assert swapped(lon, lat).sum() <= len(pairs) // 2


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("12", (12, 12)),
        ("1 200", (1200, 1200)),
        ("1,200", (1200, 1200)),
        ("3.0", (3, 3)),
        ("10-15", (10, 15)),
        ("10 – 15", (10, 15)),
        ("30+", (30, None)),
        (">30", (30, None)),
        ("at least 30", (30, None)),
        ("up to 5", (None, 5)),
        ("", (None, None)),
    ],
)
def test_counts_are_ranges(cell, expected):
    """At least 30 is min 30, max null."""
    least, most, bad = read_counts(column(cell))
    assert ((least[0], most[0]), bad[0]) == (expected, False)


@pytest.mark.parametrize("cell", ["many", "15-10", "-3", "3.5", "two"])
def test_what_is_no_count_is_said(cell):
    """Words stay words."""
    assert read_counts(column(cell))[2][0]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Military Forces of Ukraine (2019-)", "UKR"),
        ("Military Forces of Russia (2000-) Air Force", "RUS"),
        ("Police Forces of Ukraine (2019-) Azov Regiment", "UKR"),
        ("Military Forces of the United States (2021-2025)", "USA"),
        ("Government of Russia (Soviet Union)", "RUS"),
        ("Government of DR Congo (Zaire)", "COD"),
        ("Government of Myanmar (Burma)", "MMR"),
        ("Protesters (Ukraine)", None),
        ("Civilians (Russia)", None),
        ("Unidentified Military Forces", None),
        ("Mutiny of Military Forces of Sudan (2019-)", None),
        ("Military Forces of Atlantis", None),
    ],
)
def test_state_forces_are_known_by_name(name, code):
    """Only forces and governments of states are states; all else stays null."""
    assert state_of_forces(name) == code


def test_country_codes_of_all_kinds():
    """Names, alpha-2, alpha-3, ISO numbers and FIPS; unknown is null."""
    assert [alpha2_of(text) for text in ("Ukraine", "UA", "UKR", "804", "Atlantis", "")] == [
        "UA"
    ] * 4 + [None] * 2
    assert (alpha2_of_fips("RS"), alpha2_of_fips("UP"), alpha2_of_fips("ZZ")) == ("RU", "UA", None)
    assert (alpha3_of("Північна Корея"), alpha3_of("Türkiye"), alpha3_of("x")) == (
        "PRK",
        "TUR",
        None,
    )
