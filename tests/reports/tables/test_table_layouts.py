"""The contract of all layouts: recognised, complete, valid, and nothing of a row lost."""

import io
import json
import zipfile
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from dateline.errors import InputError
from dateline.event import COLUMNS
from dateline.reports.tables import read_table, recognise
from dateline.reports.tables.catalogue import LAYOUTS
from dateline.reports.tables.layout import terms
from dateline.reports.tables.opening import open_rows
from dateline.table import to_events

DATA = Path(__file__).parent / "data"

# file, layout, events, refused rows
FILES = [
    ("acled_new.csv", "acled", 3, 0),
    ("acled_old.csv", "acled", 2, 2),
    ("ucdp_ged.csv", "ucdp", 2, 1),
    ("ucdp_candidate.csv", "ucdp", 2, 0),
    ("geoconfirmed.csv", "geoconfirmed", 3, 1),
    ("geoconfirmed.kml", "geoconfirmed", 2, 2),
    ("geoconfirmed_site.json", "geoconfirmed", 2, 0),
    ("geoconfirmed_list.json", "geoconfirmed", 1, 1),
    ("geoconfirmed_detail.json", "geoconfirmed", 1, 0),
    ("timemap_events.json", "timemap", 2, 0),
    ("bellingcat.json", "timemap", 1, 1),
    ("viina_info.csv", "viina", 2, 0),
    ("viina_1pd.csv", "viina", 1, 0),
    ("viina_1.csv", "viina", 1, 1),
    ("viina_control.csv", "viina", 2, 0),
    ("gdelt_1.csv", "gdelt", 3, 0),
    ("gdelt_2.CSV", "gdelt", 3, 0),
    ("osint.geojson", "osint-geo-extractor", 1, 1),
    ("eyes_on_russia.geojson", "eyes-on-russia", 1, 1),
    ("texty.csv", "texty", 2, 0),
    ("texty_pair.csv", "texty", 1, 0),
    ("warspotting.json", "warspotting", 2, 0),
    ("deepstate.json", "deepstate", 4, 0),
    ("deepstatemap_data_20240814.geojson", "deepstate", 1, 0),
    ("isw_russian_control.geojson", "isw", 2, 0),
    ("plain_de.csv", "plain", 2, 2),
    ("plain_uk.csv", "plain", 1, 1),
    ("plain_id.geojson", "plain", 1, 1),
]
NAMES = [entry[0] for entry in FILES]
LAYOUT_OF = [entry[:2] for entry in FILES]


@cache
def read(name):
    """Read a file of this folder once for all tests."""
    return read_table(DATA / name)


def test_every_layout_has_a_file_here():
    """No layout escapes the contract."""
    assert {entry[1] for entry in FILES} == set(LAYOUTS)


@pytest.mark.parametrize(("name", "layout", "events", "refused"), FILES, ids=NAMES)
def test_rows_in_are_events_out_plus_refused(name, layout, events, refused):
    """Counts agree, the table has the columns of the schema, and every row is valid."""
    result = read(name)
    assert (result.layout, len(result.events), result.refused_rows) == (layout, events, refused)
    assert result.rows_in == events + refused
    assert tuple(result.events.columns) == COLUMNS
    assert result.events.crs == "EPSG:4326"
    assert result.events["id"].is_unique
    assert len(to_events(result.events)) == events


@pytest.mark.parametrize(("name", "layout"), LAYOUT_OF, ids=NAMES)
def test_layouts_are_recognised_by_content(name, layout):
    """The bytes alone tell the layout (DeepState's archive needs its name, which holds its day)."""
    assert recognise(DATA / name) == layout
    if name != "deepstatemap_data_20240814.geojson":
        assert recognise((DATA / name).read_bytes()) == layout


@pytest.mark.parametrize(("name", "layout"), LAYOUT_OF, ids=NAMES)
def test_only_one_publisher_layout_matches(name, layout):
    """The order of the catalogue does not decide."""
    rows = open_rows(DATA / name)
    found = [
        entry.name for entry in LAYOUTS.values() if entry.name != "plain" and entry.matches(rows)
    ]
    assert found == ([] if layout == "plain" else [layout])


@pytest.mark.parametrize(("name", "layout"), LAYOUT_OF, ids=NAMES)
def test_forcing_the_layout_gives_the_same_events(name, layout):
    """`layout` names what recognition finds."""
    guessed, forced = read(name), read_table(DATA / name, layout=layout)
    assert guessed.events["id"].tolist() == forced.events["id"].tolist()


@pytest.mark.parametrize("name", NAMES)
def test_every_refusal_is_explained(name):
    """File, row, column, what was expected and the remedy are all said."""
    result = read(name)
    for error in result.refusals + result.doubts:
        assert error.file == name
        assert error.row >= 1
        assert error.column
        assert error.expected
        assert error.remedy


@pytest.mark.parametrize("name", [name for name in NAMES if name.casefold().endswith(".csv")])
def test_nothing_of_a_row_is_lost(name):
    """Every cell of a source row stands somewhere in its event, word for word or under `extra`."""
    rows = open_rows(DATA / name)
    result = read(name)
    bad = {error.row for error in result.refusals}
    kept = rows.frame[[number not in bad for number in rows.number]]
    for (_, cells), event in zip(kept.iterrows(), to_events(result.events), strict=True):
        said = json.loads(event.model_dump_json())
        texts = set(_texts(said))
        assert [
            cell for cell in cells if cell and cell not in texts and not _is_number_in(cell, texts)
        ] == []


def _texts(value):
    """Return all plain values inside a JSON value as texts."""
    if isinstance(value, dict):
        value = value.values()
    if isinstance(value, str) or not hasattr(value, "__iter__"):
        return [str(value)]
    return [text for part in value for text in _texts(part)]


def _is_number_in(cell, texts):
    """Tell whether a number stands among texts, written with other noughts."""
    try:
        number = float(cell)
    except ValueError:
        return False
    return any(_float(text) == number for text in texts)


def _float(text):
    try:
        return float(text)
    except ValueError:
        return None


@pytest.mark.parametrize("name", NAMES)
def test_licence_and_terms_go_along(name):
    """Each event says who made the table, under which terms, and its sources carry the licence."""
    result = read(name)
    expected = terms(result.layout)
    credited = [expected["attribution"]] if expected else []
    assert result.events.attrs.get("attribution", []) == credited
    for extra, sources in zip(result.events["extra"], result.events["sources"], strict=True):
        assert extra["_layout"] == result.layout
        assert extra.get("_terms", {}) == expected
        if result.layout != "plain":
            assert sources
            assert {source.get("licence") for source in sources} == {expected.get("licence")}


@pytest.mark.parametrize("name", NAMES)
def test_identifiers_are_the_same_in_every_run(name):
    """Reading twice gives the same identifiers."""
    assert read(name).events["id"].tolist() == read_table(DATA / name).events["id"].tolist()


def test_acled_sides_come_from_the_actors():
    """Never from inter: 8 is Russia in Ukraine and Ukraine in Russia alike; civilians are no side."""
    new, old = read("acled_new.csv"), read("acled_old.csv")
    assert new.events["sides"].tolist() == [
        ["UKR", "RUS", "PRK"],
        ["RUS"],
        ["RSF"],
    ]
    assert old.events["sides"].tolist() == [["NAF: United Armed Forces of Novorossiya", "UKR"], []]


def test_acled_precision_widens_the_interval():
    """A week is the three days on either side, a month the whole month."""
    events = read("acled_new.csv").events
    assert events["date_precision"].tolist() == ["day", "week", "month"]
    assert events["date_start"].tolist() == ["2024-08-14", "2024-08-14", "2024-09-01"]
    assert events["date_end"].tolist() == ["2024-08-14", "2024-08-20", "2024-09-30"]
    assert events["geo_precision"].tolist() == [1, 2, 3]
    assert events["where_prec"].tolist() == [1, 2, 4]


def test_acled_nought_fatalities_is_no_figure():
    """None reported is not a casualty record; the cell stays under `extra`."""
    events = read("acled_new.csv").events
    assert events["casualties"].tolist()[1] == []
    assert events["extra"][1]["fatalities"] == "0"


def test_ucdp_contradictory_figures_leave_the_best():
    """Low 4, best 2, high 1 is doubted, and only the best estimate used."""
    result = read("ucdp_ged.csv")
    assert result.events["casualties"].tolist()[1] == [{"min": 2, "max": 2, "kind": "killed"}]
    assert [(error.row, error.column) for error in result.doubts] == [(3, "best")]


def test_ucdp_sources_are_parted():
    """Two offices joined by a semicolon are two sources, each with its day and headline."""
    sources = read("ucdp_ged.csv").events["sources"][0]
    assert [(s["publisher"], s["published"], s["title"]) for s in sources] == [
        ("Invented Post", "2023-05-02", "One"),
        ("Example News", "2023-05-03", "Two"),
    ]


def test_geoconfirmed_repeats_in_folders_count_once():
    """The same placemark in two folders is one event, and the repeat is explained."""
    result = read("geoconfirmed.kml")
    assert [error.row for error in result.refusals] == [3, 4]
    assert "once" in result.refusals[-1].expected
    assert result.events["sides"].tolist() == [["RUS"], ["UKR"]]


def test_geoconfirmed_kmz_reads_like_its_kml():
    """The archive gives the events of its doc.kml."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(DATA / "geoconfirmed.kml", "doc.kml")
    result = read_table(packed.getvalue())
    assert (result.layout, len(result.events), result.refused_rows) == ("geoconfirmed", 2, 2)


def test_timemap_workbook_joins_its_sources():
    """The export sheet is found among the others, its sources looked up by identifier."""
    book = openpyxl.Workbook()
    book.active.append(["Description", "Date"])
    events = book.create_sheet("EXPORT_EVENTS")
    events.append(
        [
            "description",
            "date",
            "time",
            "location",
            "latitude",
            "longitude",
            "association1",
            "source1",
        ]
    )
    events.append(["Invented", "08/14/2024", "16:20", "Sudzha", 51.19, 35.27, "a1", "s1"])
    sources = book.create_sheet("EXPORT_SOURCES")
    sources.append(["id", "title", "path1"])
    sources.append(["s1", "A picture", "https://example.test/p.jpg"])
    packed = io.BytesIO()
    book.save(packed)
    result = read_table(packed.getvalue())
    assert result.layout == "timemap"
    assert result.events["date_start"].tolist() == ["2024-08-14T16:20"]
    assert result.events["sources"][0] == [
        {
            "url": "https://example.test/p.jpg",
            "title": "A picture",
        }
    ]


def test_viina_archive_of_years_reads_as_one_table():
    """A zip with one CSV a year is one table."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(DATA / "viina_info.csv", "event_info_2024.csv")
        archive.write(DATA / "viina_info.csv", "event_info_2025.csv")
    result = read_table(packed.getvalue())
    assert (result.layout, len(result.events)) == ("viina", 4)


def test_gdelt_talk_has_no_sides():
    """Consulting is no deed; civilians are no side of one."""
    events = read("gdelt_2.CSV").events
    assert events["sides"].tolist() == [["RUS"], [], ["RUS"]]
    assert events["event_type"].tolist() == [
        "Explosions/Remote violence: Shelling/artillery/missile attack",
        None,
        "Battles",
    ]


def test_control_layers_are_statements_of_control():
    """DeepState and ISW areas say who holds what, with their day; an unknown day stays null."""
    deepstate = read("deepstate.json").events
    assert deepstate["sides"].tolist() == [["UKR"], ["RUS"], [], ["RUS"]]
    assert deepstate["event_type"].tolist() == ["Statement of control"] * 3 + ["Deployment"]
    assert set(deepstate["date_start"]) == {"2024-08-14"}
    isw = read("isw_russian_control.geojson").events
    assert isw["date_start"].tolist() == ["2024-08-14", None]
    assert isw["sides"].tolist() == [["RUS"], ["RUS"]]
    assert isw.geometry.isna().tolist() == [False, True]


def test_unknown_layouts_and_wrong_ones_are_refused():
    """The error lists the choices, or says what the file has."""
    with pytest.raises(InputError, match="acled"):
        read_table(DATA / "plain_de.csv", layout="acled")
    with pytest.raises(InputError, match="layout ucdp"):
        read_table(DATA / "plain_de.csv", layout="ucdp")
