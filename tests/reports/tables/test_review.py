"""The review loop: a table is written, corrected by hand in a spreadsheet, and read again."""

import csv
import io
import math
import re

import openpyxl
import pytest
import shapely

from dateline.event import Casualties, Event, Source
from dateline.exports.vector import export
from dateline.reports.tables import read_table
from dateline.table import from_events

SPOT = shapely.Point(35.271, 51.191)
AREA = shapely.box(34.0, 51.0, 36.0, 52.0)


def events():
    """Return three events: of a day at a point, of a minute in an area, and without either."""
    common = {"uncertainty_m": 4106.3, "confidence": 0.992, "method": "gazetteer", "sides": ["UKR"]}
    source = Source(publisher="A paper", url="https://example.org/1", excerpt="Line one\nline two")
    return from_events(
        [
            Event(id="one", title="First", date_start="2024-08-15", date_end="2024-08-15",
                  date_precision="day", place="Sudzha", geometry=SPOT, country="RU", admin1="RU-KRS",
                  casualties=[Casualties(min=3, kind="killed")], sources=[source], graphic=True, **common),
            Event(id="two", title="=Second", date_start="2024-08-03T05:30", date_end="2024-08-03T05:30",
                  date_precision="minute", place="Kursk Oblast", geometry=AREA, graphic=False, **common),
            Event(id="three", title="Third", sources=[source]),
        ]
    )  # fmt: skip


def as_spreadsheets_save(text, day):
    """Return rows of CSV with decimal commas, dates as a country writes them and localised truth."""
    rows = list(csv.reader(io.StringIO(text)))
    for row in rows[1:]:
        for at, name in enumerate(rows[0]):
            if name in {"longitude", "latitude", "uncertainty_m", "confidence"}:
                row[at] = row[at].replace(".", ",")
            if name.startswith("date_") and name != "date_precision":
                row[at] = re.sub(r"(\d{4})-(\d\d)-(\d\d)T?", day, row[at])
            row[at] = {"TRUE": "WAHR", "FALSE": "FALSCH"}.get(row[at], row[at])
    return rows


def saved(rows):
    """Return the bytes that a spreadsheet of a country with decimal commas saves."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def written(tmp_path, day=r"\3.\2.\1 "):
    """Return the rows of an exported table, as a spreadsheet saves them."""
    path = export(events(), tmp_path / "review.csv")
    rows = as_spreadsheets_save(path.read_text("utf-8-sig"), day)
    return rows, {name: at for at, name in enumerate(rows[0])}


def reviewed(table):
    """Return what each row says was changed by hand."""
    return [(extra or {}).get("reviewed") for extra in table["extra"]]


@pytest.mark.parametrize("day", [r"\3.\2.\1 ", r"\2/\3/\1 ", r"\3/\2/\1 ", r"\1-\2-\3 "])
def test_what_a_spreadsheet_writes_its_own_way_is_no_change(tmp_path, day):
    """Semicolons, decimal commas, BOM, line ends, dates with the day or the month first: all the same."""
    rows, _ = written(tmp_path, day)
    result = read_table(saved(rows))
    assert (result.layout, result.notes, reviewed(result.events)) == ("dateline", [], [None] * 3)
    assert result.events["date_start"].tolist() == events()["date_start"].tolist()
    assert result.events["graphic"].tolist()[:2] == [True, False]
    assert result.events.geometry[0].equals(SPOT)


def test_each_edit_is_kept_and_its_row_marked(tmp_path):
    """A point moved, a day changed, a source added, a row dropped and one put in."""
    rows, at = written(tmp_path)
    rows[1][at["longitude"]] = "35,3"
    rows[1][at["date_start"]] = "14.08.2024"
    rows[1][at["sources"]] += "; Another paper https://example.org/2"
    new = {"title": "Fourth", "place": "Rylsk", "date_start": "20.08.2024", "sides": "UKR; RUS",
           "sources": "https://example.org/3", "casualties": "3-5 killed; at least 2 wounded"}  # fmt: skip
    rows = [rows[0], rows[1], rows[3], [new.get(name, "") for name in rows[0]]]
    result = read_table(saved(rows))
    table = result.events
    assert table["title"].tolist() == ["First", "Third", "Fourth"]
    assert reviewed(table) == [
        ["date_start", "geometry", "longitude", "sources"],
        None,
        ["added by hand"],
    ]
    moved = table.iloc[0]
    assert moved.geometry.equals(shapely.Point(35.3, 51.191))
    assert moved[["date_start", "date_end", "method"]].tolist() == ["2024-08-14"] * 2 + [
        "set by hand"
    ]
    assert [source["url"] for source in moved["sources"]] == [
        "https://example.org/1",
        "https://example.org/2",
    ]
    added = table.iloc[2]
    assert (added["date_end"], added["sides"]) == ("2024-08-20", ["UKR", "RUS"])
    assert [(c["min"], c["max"], c["kind"]) for c in added["casualties"]] == [
        (3, 5, "killed"),
        (2, None, "wounded"),
    ]
    assert result.notes == ["table: 1 rows changed by hand, 1 added; marked as reviewed"]


def test_what_was_known_of_the_old_place_is_not_said_of_the_new(tmp_path):
    """Uncertainty and confidence are unknown after a move; a new name has its place looked up again."""
    rows, at = written(tmp_path)
    rows[1][at["latitude"]] = "51,3"
    rows[2][at["place"]] = "Rylsk"
    table = read_table(saved(rows)).events
    assert table[["uncertainty_m", "confidence", "country", "admin1"]].iloc[0].isna().all()
    assert table.iloc[1]["place"] == "Rylsk"
    assert table.geometry[1] is None


def test_the_mark_stays_when_the_table_is_written_and_read_again(tmp_path):
    """A second round adds its columns to those of the first."""
    rows, at = written(tmp_path)
    rows[1][at["title"]] = "Corrected"
    once = read_table(saved(rows)).events
    twice = read_table(export(once, tmp_path / "again.csv")).events
    assert reviewed(twice) == [["title"], None, None]


def test_columns_of_the_editor_are_kept(tmp_path):
    """Remarks beside the table are no reason to read it as a stranger's."""
    rows, _ = written(tmp_path)
    rows = [
        [*row, remark] for row, remark in zip(rows, ["remark", "see again", "", ""], strict=True)
    ]
    result = read_table(saved(rows))
    assert result.layout == "dateline"
    assert result.events["extra"][0]["remark"] == "see again"


def test_the_loop_holds_for_workbooks(tmp_path):
    """Cells typed by hand are numbers and dates there."""
    from datetime import datetime

    path = export(events(), tmp_path / "review.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book["events"]
    at = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, at["date_start"]).value = datetime(2024, 8, 14)  # noqa: DTZ001 (workbooks know no zones)
    sheet.cell(2, at["longitude"]).value = 35.3
    sheet.delete_rows(3)
    book.save(path)
    table = read_table(path).events
    assert reviewed(table) == [["date_start", "geometry", "longitude"], None]
    assert table["date_end"][0] == "2024-08-14"
    assert table.geometry[0].equals(shapely.Point(35.3, 51.191))


def front_line(bends):
    """Return an area with many bends, whose well-known text no spreadsheet holds in one cell."""
    turns = [2 * math.pi * number / bends for number in range(bends)]
    spots = [
        (35 + (1 + 0.1 * math.sin(40 * turn)) * math.cos(turn), 51 + math.sin(turn))
        for turn in turns
    ]
    return shapely.Polygon(spots)


@pytest.mark.parametrize("bends", [3_000, 40_000])
def test_no_cell_of_a_table_under_review_is_too_long_for_a_spreadsheet(tmp_path, bends):
    """The shape in the cell is coarser, and valid; read again it is whole, and marked as nobody's change."""
    path, shape = tmp_path / "review.csv", front_line(bends)
    table = from_events(
        [Event(id="a", place="Front", geometry=shape), Event(id="b", geometry=SPOT)]
    )
    export(table, path)
    csv.field_size_limit(10_000_000)
    header, first, second = csv.reader(path.read_text("utf-8-sig").splitlines())
    assert max(map(len, first)) < 32_767
    assert shapely.from_wkt(first[header.index("geometry")]).symmetric_difference(shape).area < 0.1
    assert second[header.index("whole_geometry_1")] == ""
    back = read_table(path.read_bytes()).events
    assert back.geometry[0].normalize() == shape.normalize()
    assert back["extra"].isna().all()


def test_a_coarser_shape_that_somebody_changed_stands(tmp_path):
    """The whole one beside it is then of another shape, and left."""
    path = tmp_path / "review.csv"
    export(from_events([Event(id="a", place="Front", geometry=front_line(3_000))]), path)
    header, row = csv.reader(path.read_text("utf-8-sig").splitlines())
    row[header.index("geometry")] = AREA.wkt
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, row])
    back = read_table(path.read_bytes()).events
    assert back.geometry[0].equals(AREA)
    assert "geometry" in back["extra"][0]["reviewed"]


def test_a_review_file_saved_as_a_workbook_keeps_its_edits(tmp_path):
    """A review CSV that a spreadsheet saved as XLSX, under a sheet name of its own, is still ours."""
    rows, at = written(tmp_path)
    rows[1][at["place"]] = "Korenevo"
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "saved.xlsx")
    result = read_table(tmp_path / "saved.xlsx")
    assert result.layout == "dateline"
    assert result.events["place"].tolist()[0] == "Korenevo"
    assert "place" in reviewed(result.events)[0]
