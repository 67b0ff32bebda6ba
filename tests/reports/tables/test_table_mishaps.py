"""What happens to tables on their way: spreadsheets, encodings, decimal commas, other notations."""

import pytest

from dateline.reports.tables import read_table

HEADER = "date,place,lat,lon\n"


def read(text, encoding="utf-8"):
    """Return the result of a table written here; counts in are counts out and refused."""
    result = read_table(text.encode(encoding) if isinstance(text, str) else text)
    assert result.rows_in == len(result.events) + result.refused_rows
    return result


def test_days_that_a_spreadsheet_counts_are_dates_again():
    """45518 is 14 August 2024, half a day more is noon; the note says so."""
    result = read(HEADER + "45518,A,51.1,35.2\n45518.5,B,51.1,35.2\n")
    assert result.events["date_start"].tolist() == ["2024-08-14", "2024-08-14T12:00"]
    assert any("days since 1899" in note for note in result.notes)


def test_a_column_of_decimal_commas_is_noted_once():
    """Only where commas and points mix is each of them doubtful."""
    whole = read("Datum;Ort;Breite;Länge\n14.08.2024;A;51,19;35,27\n15.08.2024;B;51,2;35,3\n")
    assert not whole.doubts
    assert sum("decimal commas" in note for note in whole.notes) == 2
    mixed = read("date;place;lat;lon\n2024-08-14;A;51,19;35.27\n2024-08-15;B;51.2;35.3\n")
    assert [(doubt.row, doubt.column) for doubt in mixed.doubts] == [(2, "lat")]


@pytest.mark.parametrize(
    ("cell", "lon", "lat"),
    [
        ("36U YB 12345 67890", 36.0, 51.1),
        ("9G3Q57RC+22", 35.27, 51.19),
        ("geo:51.19,35.27", 35.27, 51.19),
    ],
)
def test_other_notations_of_a_place_are_read(cell, lon, lat):
    """A military grid reference, a plus code and a geo: URI are coordinates too."""
    events = read(
        f'date,place,coordinates\n2024-08-14,A,"{cell}"\n2024-08-15,B,"51.1, 35.2"\n'
    ).events
    assert events.geometry[0].distance(events.geometry[1]) > 0
    assert (events.geometry[0].x, events.geometry[0].y) == pytest.approx((lon, lat), abs=0.5)


def test_a_row_in_another_encoding_is_read_in_the_script_of_the_others():
    """One paste from an old program: the row is kept, and named as doubtful."""
    good, bad = "2024-08-01,Суджа,51.19,35.27\n", "2024-08-02,Суджа,51.19,35.27\n"
    result = read((HEADER + good).encode() + bad.encode("cp1251"))
    assert result.events["place"].tolist() == ["Суджа", "Суджа"]
    assert [doubt.row for doubt in result.doubts] == [3]


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        ("31/04/2024,A,51.1,35.2", "date", "31/04/2024"),
        ("2024-08-14,A,0,0", "lat", "0"),
        ("2024-08-14,A,95,35.2", "lat", "95"),
        ("2024-08-14,A,51.1,", "lon", ""),
        ("2024-08-14,A,north,35.2", "lat", "north"),
    ],
)
def test_a_refused_row_is_named_by_cell_with_a_remedy(row, column, value):
    """Whoever mends the table knows where to look and what to do."""
    result = read(HEADER + "2024-08-13,B,51.2,35.3\n" + row + "\n")
    error = result.refusals[0]
    assert (error.row, error.column, error.value) == (3, column, value)
    assert error.expected
    assert error.remedy


ROW = "2024-08-{day:02},A{day},51.1,35.2\n"


@pytest.mark.parametrize("last", ["", "\n"])
@pytest.mark.parametrize(
    "later", ["", '2024-08-20,"B, the town",51.1,35.2\n', '2024-08-20,"B",51,35\n']
)
def test_a_quotation_mark_never_closed_swallows_no_row(later, last):
    """All rows are read, and the row with the mark is told; whether or not a later cell has marks too."""
    rows = [ROW.format(day=day) for day in range(1, 8)]
    rows[2] = rows[2].replace("A3", '"A3')
    result = read((HEADER + "".join(rows) + later).rstrip("\n") + last)
    places = result.events["place"].tolist()
    assert places[:7] == [f"A{day}" for day in range(1, 8)]
    assert len(places) == 7 + bool(later)
    assert [(doubt.row, doubt.column) for doubt in result.doubts] == [(4, "place")]
    assert "quotation marks in pairs" in str(result.doubts[0])


def test_a_mark_closed_by_the_mark_of_an_inch_swallows_no_row():
    """A line inside a cell that has the cells of a row is a row."""
    rows = ROW.format(day=1).replace("A1", '"A1') + ROW.format(day=2) + ROW.format(day=3)
    result = read(HEADER + rows + '2024-08-04,near A 5",51.1,35.2\n')
    assert result.events["place"].tolist() == ["A1", "A2", "A3", 'near A 5"']
    assert [doubt.row for doubt in result.doubts] == [2]


def test_cells_of_several_lines_are_no_mishap():
    """Notes with line breaks, commas and doubled marks stay one cell."""
    note = 'first line, with commas, many\nsecond ""line""\n\nthird, line'
    result = read(
        f'date,place,lat,lon,notes\n2024-08-01,A,51.1,35.2,"{note}"\n2024-08-02,B,51,35,x\n'
    )
    assert result.events["place"].tolist() == ["A", "B"]
    assert not result.doubts
