"""Places that users add: what is taken, what is refused and why, and that it is found at once."""

from __future__ import annotations

import io
import json
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from servers import FileServer, Reply

from dateline.errors import CellError, DatelineError, GazetteerError, InputError, SourceError
from dateline.geo._added_checks import Checks
from dateline.geo._added_facts import Fact
from dateline.geo._added_points import read_points
from dateline.geo._added_store import AddedStore, data_directory
from dateline.geo.added import Added, Layout
from dateline.geo.names import name_key

SUDZHA = (498817, "Sudzha", "51.19782", "35.26715", "P", "PPLA2", "RU", "41", "498816", 6036)
DUMP_ROWS = [
    SUDZHA,
    (498816, "Sudzhansky District", "51.2", "35.3", "A", "ADM2", "RU", "41", "498816", 0),
    (1, "Novaya Dacha", "51.25", "35.4", "P", "PPL", "RU", "41", "498816", 0),
    (2, "Vanished", "51.3", "35.4", "P", "PPLH", "RU", "41", "", 0),
    (3, "Psyol", "51.0", "35.4", "H", "STM", "RU", "41", "", 0),
    (4, "Some Field", "51.1", "35.4", "L", "FLD", "RU", "41", "", 0),
    (5, "Khalino Airfield", "51.75", "36.295", "S", "AIRB", "RU", "41", "", 0),
]


def dump_line(row, names=""):
    number, name, lat, lon, kind, code, country, admin1, admin2, people = row
    cells = [number, name, name, names, lat, lon, kind, code, country, "", admin1, admin2]
    return "\t".join(map(str, [*cells, "", "", people, "", "", "Europe/Moscow", "2024-01-01"]))


def dump_text(rows=DUMP_ROWS):
    return "".join(f"{dump_line(row, 'Суджа,Soudja' if row is SUDZHA else '')}\n" for row in rows)


def zipped(files):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return packed.getvalue()


def square(west, south, size):
    east, north = west + size, south + size
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def collection(*features):
    listed = [{"type": "Feature", "properties": p, "geometry": g} for p, g in features]
    return json.dumps({"type": "FeatureCollection", "features": listed})


@pytest.fixture
def added(tmp_path):
    return Added(tmp_path / "data")


@pytest.fixture
def write(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def facts(added):
    """Return every added place with its names, by id."""
    return {named.place.id: named for named in added._store.named_places()}


# ------------------------------------------------------------------------------------ country dumps


def test_a_country_dump_gives_settlements_districts_waters_and_facilities(added, write):
    """What reports name is taken, with region and district; fields and vanished villages are not."""
    path = write("RU.zip", zipped({"RU.txt": dump_text(), "readme.txt": "read me"}))
    result = added.add(path)
    kinds = {named.place.name: named.place.kind for named in facts(added).values()}
    assert kinds == {
        "Sudzha": "settlement",
        "Sudzhansky District": "district",
        "Novaya Dacha": "settlement",
        "Psyol": "water",
        "Khalino Airfield": "facility",
    }
    town = facts(added)["gn:498817"]
    assert town.names == ("Sudzha", "Суджа", "Soudja")
    assert (town.place.admin1, town.place.district, town.place.population) == (
        "RU-KRS",
        "Sudzhansky District",
        6036,
    )
    assert (result.added.places, result.added.credit, result.added.licence) == (
        5,
        "GeoNames",
        "CC BY 4.0",
    )


def test_alternate_names_are_joined(added, write):
    """Names of alternateNamesV2 are names; links and codes among them are not."""
    lines = [
        "1\t498817\tja\tスジャ\t\t\t\t\t\t",
        "2\t498817\tlink\thttps://example.org\t\t\t\t\t\t",
        "3\t999\tru\tДругое\t\t\t\t\t\t",
    ]
    names = write("alternateNamesV2.zip", zipped({"alternateNamesV2.txt": "\n".join(lines)}))
    added.add(write("RU.txt", dump_text()), layout=Layout(alternate_names=str(names)))
    assert facts(added)["gn:498817"].names == ("Sudzha", "Суджа", "Soudja", "スジャ")


def test_a_text_with_other_columns_is_no_dump(added, write):
    """The error says how many columns were expected and came."""
    path = write("RU.txt", "1\tSudzha\t51.2\t35.3\n")
    with pytest.raises(InputError, match=r"19 tab-separated columns.*4 in row 1"):
        added.add(path, layout=Layout(format="geonames"))


def test_bad_rows_of_a_dump_are_left_out_and_told(added, write):
    """Nobody can mend a dump: its bad rows are reported with their numbers."""
    good = [(n, f"Place {n}", "51.2", "35.3", "P", "PPL", "RU", "41", "", 0) for n in range(20)]
    bad = [
        (98, "In the sea", "45.0", "-30.0", "P", "PPL", "RU", "41", "", 0),
        (99, "Elsewhere", "48.85", "2.35", "P", "PPL", "RU", "41", "", 0),
        (97, "Nowhere", "north", "35.3", "P", "PPL", "RU", "41", "", 0),
    ]
    result = added.add(write("RU.txt", dump_text([*good, *bad]) + "short\trow\n"))
    assert (result.added.places, result.added.refused) == (20, 4)
    assert [(p.row, p.column) for p in result.problems] == [
        (21, "lat, lon"),
        (22, "lat, lon"),
        (23, "latitude"),
        (24, "row"),
    ]
    assert "in the sea" in str(result.problems[0])
    assert "in FR" in str(result.problems[1])


def test_a_dump_of_mostly_bad_rows_is_refused(added, write):
    """Then it is not what it says it is, and nothing is added."""
    rows = [(n, f"P{n}", "35.3", "51.2", "P", "PPL", "RU", "41", "", 0) for n in range(20)]
    with pytest.raises(InputError, match=r"20 bad rows of 20.*swapped"):
        added.add(write("RU.txt", dump_text(rows)))
    assert added.sets() == []


# ---------------------------------------------------------------------------------------------- zips


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_zip_is_refused(added, write, share):
    """However much is missing, nothing of it is added."""
    whole = zipped({"RU.txt": dump_text()})
    with pytest.raises(SourceError, match=r"whole zip in RU\.zip.*fetch it again"):
        added.add(write("RU.zip", whole[: int(len(whole) * share)]))
    assert added.sets() == []


def test_a_damaged_zip_is_refused(added, write):
    """A flipped byte shows at the end of the file: nothing has been kept by then."""
    whole = bytearray(zipped({"RU.txt": dump_text() * 50}))
    whole[len(whole) // 3] ^= 0xFF
    with pytest.raises(SourceError, match="whole zip"):
        added.add(write("RU.zip", bytes(whole)))
    assert added.sets() == []


def test_a_zip_bomb_is_refused(added, write):
    """What would swell beyond all measure is not unpacked."""
    bomb = zipped({"RU.txt": "0" * 30_000_000})
    with pytest.raises(SourceError, match="zip bomb"):
        added.add(write("RU.zip", bomb))


@pytest.mark.parametrize(
    "name", ["../RU.txt", "/etc/RU.txt", "a/../../RU.txt", "..\\RU.txt", "C:RU.txt"]
)
def test_names_that_lead_out_of_the_folder_are_refused(added, write, name):
    """Nothing is ever unpacked to disk, and such a file is not trusted either."""
    with pytest.raises(SourceError, match="plain file names"):
        added.add(write("RU.zip", zipped({name: dump_text()})))


def test_a_zip_of_two_texts_is_refused(added, write):
    """Which of them is meant, only the user can say."""
    with pytest.raises(SourceError, match="one text of places"):
        added.add(write("RU.zip", zipped({"RU.txt": dump_text(), "UA.txt": dump_text()})))


# -------------------------------------------------------------------------------------------- tables


def test_a_table_of_coordinates_is_read(added, write):
    """Columns are recognised by their titles; country and region come from the point."""
    path = write(
        "hamlets.csv",
        "\ufeffName;Lat;Lon;name_uk;aliases;population;district\n"
        "Olhivka;51,2301;34,5012;Ольгівка;Olgovka|Ольговка;1 204;Sumskyi\n",
    )
    result = added.add(path, credit="survey", licence="CC BY 4.0")
    (named,) = facts(added).values()
    place = named.place
    assert named.names == ("Olhivka", "Ольгівка", "Olgovka", "Ольговка")
    assert (place.lon, place.lat, place.country, place.admin1) == (34.5012, 51.2301, "UA", "UA-59")
    assert (place.district, place.population, place.source) == ("Sumskyi", 1204, "survey")
    assert (place.id, place.kind, result.added.name) == ("added:hamlets:2", "settlement", "hamlets")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_tables_of_every_spreadsheet_are_read(added, write, encoding, delimiter):
    """Separators and encodings are recognised."""
    rows = [["place name", "longitude", "latitude"], ["Суджа", "35.27", "51.2"]]
    text = "\r\n".join(delimiter.join(row) for row in rows)
    added.add(write("t.csv", text.encode(encoding)))
    assert [named.place.name for named in facts(added).values()] == ["Суджа"]


def test_a_table_in_another_encoding_is_refused(added, write):
    """The remedy is named."""
    with pytest.raises(SourceError, match="CSV UTF-8"):
        added.add(write("t.csv", "name,lat,lon\nСуджа,51.2,35.3\n".encode("cp1251")))


def test_a_missing_column_is_named(added, write):
    """The header that came is shown, and what it lacks."""
    with pytest.raises(InputError, match=r"name, lat and lon.*say which column holds lon"):
        added.add(write("t.csv", "name,lat,foo\nA,51,35\n"))


def test_a_wrong_column_is_answered_with_those_there_are(added, write):
    """A typing mistake in an option."""
    with pytest.raises(InputError, match=r"a column of the lat, one of name, la, lo.*'latt'"):
        added.add(write("t.csv", "name,la,lo\nA,51,35\n"), layout=Layout(lat="latt"))


def test_columns_can_be_said(added, write):
    """Titles that nobody could guess are given by hand."""
    layout = Layout(name="c", lat="a", lon="b")
    added.add(write("t.csv", "a,b,c\n51.2,35.3,Sudzha\n"), layout=layout)
    assert [named.place.lat for named in facts(added).values()] == [51.2]


BAD_ROWS = {
    "a word for a number": ("A,fifty,35.3", "lat", "decimal degrees"),
    "an empty cell": ("A,,35.3", "lat", "decimal degrees"),
    "a latitude beyond the pole": ("A,135.3,51.2", "lat", "swapped"),
    "a longitude beyond the world": ("A,51.2,350.3", "lon", "is 'lon' the column"),
    "no name": (",51.2,35.3", "name", "a name of 1 to 200"),
    "null island": ("A,0,0", "lat, lon", "0, 0 means unknown"),
    "in the sea": ("A,45.0,-30.0", "lat, lon", "in the sea"),
    "infinite": ("A,inf,35.3", "lat", "decimal degrees"),
    "too many cells": ("A,51.2,35.3,x", "row", "as many cells as the header"),
    "too few cells": ("A,51.2", "row", "as many cells as the header"),
}


@pytest.mark.parametrize(("row", "column", "said"), BAD_ROWS.values(), ids=BAD_ROWS)
def test_a_bad_row_is_named_by_number_column_and_remedy(added, write, row, column, said):
    """One bad row refuses the table, and the message says which and why."""
    path = write("t.csv", f"name,lat,lon\nGood,51.2,35.3\n{row}\n")
    with pytest.raises(CellError, match=r"t\.csv, row 3.*--skip-bad-rows") as caught:
        added.add(path)
    assert (caught.value.row, caught.value.column) == (3, column)
    assert said in str(caught.value)
    assert added.sets() == []


def test_a_place_in_another_country_is_refused(added, write):
    """The country of the row or of the whole file must be that of the point."""
    path = write("t.csv", "name,lat,lon,country\nParis,48.85,2.35,UA\n")
    with pytest.raises(CellError, match=r"'Paris' in UA.*the point is in FR"):
        added.add(path)
    with pytest.raises(CellError, match="in UA"):
        added.add(write("u.csv", "name,lat,lon\nParis,48.85,2.35\n"), layout=Layout(country="ua"))
    with pytest.raises(InputError, match=r"alpha-2 code, got 'UKR'"):
        added.add(path, layout=Layout(country="UKR"))


def test_exchanged_coordinates_show_by_the_country(added, write):
    """A point that would be right the other way round is said to be so."""
    path = write("t.csv", "name,lat,lon,country\nSudzha,35.27,51.20,RU\n")
    with pytest.raises(CellError, match=r"row 2.*swapped: exchange the two columns"):
        added.add(path)


def test_exchanged_coordinates_show_by_known_places(tmp_path, write, gazetteer):
    """Without a country, a namesake at the exchanged coordinates gives it away."""
    added = Added(tmp_path / "data", gazetteer=gazetteer)
    path = write("t.csv", "name,lat,lon\nSumy,34.8,50.92\nKharkiv,36.25,49.98\n")
    with pytest.raises(CellError, match=r"row 2.*'Sumy'.*swapped.*1 more rows are bad"):
        added.add(path)
    added.add(write("u.csv", "name,lat,lon\nSumy,50.92,34.8\nKharkiv,49.98,36.25\n"))


def test_places_at_coasts_and_borders_are_taken(added, write):
    """Outlines are coarse: a pier or a border village is not refused."""
    path = write(
        "t.csv",
        "name,lat,lon,country\nOdesa pier,46.49,30.76,UA\nBasivka,51.245,35.107,UA\n"
        "Guevo,51.10,35.22,RU\n",
    )
    assert added.add(path).added.places == 3


def test_the_world_is_where_it_is(gazetteer):
    """Of places known to be right, on islets and in dependencies too, hardly any is refused (10 of 234,908)."""
    rows = gazetteer._rows.execute(
        "SELECT ref, id, name, kind, lon, lat, country FROM place "
        "WHERE kind = 'settlement' AND id LIKE 'gn:%' AND ref % 29 = 0"
    ).fetchall()
    facts = [Fact(ref, i, (name,), kind, *where) for ref, i, name, kind, *where in rows]
    good, bad = Checks("world", None).check(facts)
    assert len(facts) > 5000
    assert len(bad) <= 3
    refused = {fact.country for fact in facts} - {fact.country for fact in good}
    assert len(refused) <= 1  # Jan Mayen has the zone of Norway


def test_an_islet_far_out_is_land(added, write):
    """Satawal is in none of our outlines, and not in the sea."""
    added.add(write("t.csv", "name,lat,lon\nSatawal,7.382,147.032\n"))
    (named,) = facts(added).values()
    assert named.place.country == "FM"


def test_bad_rows_can_be_skipped(added, write):
    """Then the rest is taken and the count is kept."""
    good = "".join(f"P{n},51.2,35.3\n" for n in range(9))
    path = write("t.csv", f"name,lat,lon\n{good}Bad,x,y\n")
    result = added.add(path, layout=Layout(skip_bad_rows=True))
    assert (result.added.places, result.added.refused, result.problems[0].row) == (9, 1, 11)


def test_an_empty_table_is_refused(added, write):
    """A header alone is no place."""
    with pytest.raises(InputError, match=r"places in t\.csv, got 'none'"):
        added.add(write("t.csv", "name,lat,lon\n"))


@given(
    rows=st.lists(
        st.tuples(
            st.text(
                st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Z"]),
                min_size=1,
                max_size=20,
            ),
            st.floats(-90, 90),
            st.floats(-180, 180),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_what_is_written_as_a_table_is_read_back(rows, tmp_path_factory):
    """Names and coordinates come through as they were."""
    import csv

    path = tmp_path_factory.mktemp("table") / "t.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("name", "lat", "lon"), *rows])
    read = list(read_points(path, Layout(), "added:t"))
    assert [(f.names[0], f.lat, f.lon) for f in read if isinstance(f, Fact)] == rows


# ------------------------------------------------------------------------------------------ outlines

RAION = (
    {"shapeName": "Sumskyi Raion", "shapeType": "ADM2", "shapeID": "9"},
    square(34.5, 50.8, 0.4),
)


def test_geoboundaries_are_read(added, write):
    """Level, name and outline are taken; the region comes from where it lies."""
    result = added.add(write("geoBoundaries-UKR-ADM2.geojson", collection(RAION)))
    (named,) = facts(added).values()
    place = named.place
    assert (place.id, place.kind, place.country, place.admin1) == (
        "added:geoBoundaries-UKR-ADM2:9",
        "district",
        "UA",
        "UA-59",
    )
    assert result.added.credit == "geoBoundaries"
    assert added._store.outline(place.id).bounds == pytest.approx((34.5, 50.8, 34.9, 51.2))


def test_other_polygon_files_are_read_with_their_name_column(added, write):
    """The column is said, further names are found."""
    feature = ({"rayon": "Сумський", "name:en": "Sumy"}, square(34.5, 50.8, 0.4))
    path = write("areas.json", collection(feature))
    added.add(path, layout=Layout(name="rayon", kind="region"))
    (named,) = facts(added).values()
    assert (named.names, named.place.kind) == (("Сумський", "Sumy"), "region")


def test_an_area_is_known_without_its_generic_word_too(added, write):
    """Texts say the Sumskyi district, Sumskyi Raion, or Sumskyi."""
    added.add(write("areas.geojson", collection(RAION)))
    (named,) = facts(added).values()
    assert named.names == ("Sumskyi Raion", "Sumskyi")


@pytest.mark.parametrize("suffix", [".gpkg", ".fgb", ".shp"])
def test_outlines_in_other_systems_are_brought_to_degrees(added, tmp_path, suffix):
    """A file in metres lands in the same place."""
    import geopandas as gpd
    from shapely.geometry import shape

    frame = gpd.GeoDataFrame({"name": ["A"]}, geometry=[shape(RAION[1])], crs="EPSG:4326")
    path = tmp_path / f"areas{suffix}"
    frame.to_crs("EPSG:32636").to_file(path)
    added.add(path)
    (place_id,) = facts(added)
    assert added._store.outline(place_id).bounds == pytest.approx(
        (34.5, 50.8, 34.9, 51.2), abs=1e-2
    )


def test_a_zipped_shapefile_is_read(added, tmp_path):
    """As data portals give it."""
    import geopandas as gpd
    from shapely.geometry import shape

    folder = tmp_path / "shapes"
    folder.mkdir()
    frame = gpd.GeoDataFrame({"name": ["A"]}, geometry=[shape(RAION[1])], crs="EPSG:4326")
    frame.to_file(folder / "areas.shp")
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    (tmp_path / "areas.zip").write_bytes(zipped(files))
    assert added.add(tmp_path / "areas.zip").added.places == 1


def test_a_file_without_a_name_column_is_refused(added, write):
    """The columns it has are shown."""
    path = write("areas.geojson", collection(({"foo": 1}, square(34.5, 50.8, 0.4))))
    with pytest.raises(InputError, match=r"a column of names.*\['foo'\]"):
        added.add(path)


BAD_OUTLINES = {
    "no name": (({"name": None}, square(34.5, 50.8, 0.4)), "expected a name"),
    "no outline": (({"name": "A"}, None), "expected an outline"),
    "in the sea": (({"name": "A"}, square(-30.0, 45.0, 0.4)), "in the sea"),
}


@pytest.mark.parametrize(("feature", "said"), BAD_OUTLINES.values(), ids=BAD_OUTLINES)
def test_a_bad_feature_is_named_by_number(added, write, feature, said):
    """The second feature of the file is row 2."""
    path = write("areas.geojson", collection(({"name": "Good"}, square(34.5, 50.8, 0.4)), feature))
    with pytest.raises(CellError, match=rf"areas\.geojson, row 2.*{said}"):
        added.add(path)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("areas.geojson", b"<OGRVRTDataSource><OGRVRTLayer name='x'/></OGRVRTDataSource>"),
        ("areas.gpkg", b"{}"),
        ("areas.kml", b'{"type": "FeatureCollection"}'),
        ("areas.geojson", b""),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_not_opened(added, write, name, content):
    """Some formats of GDAL read other files and addresses: none is reached under a false name."""
    with pytest.raises(SourceError, match="beginning with"):
        added.add(write(name, content))


def test_a_cut_geojson_is_refused(added, write):
    """Half a file is none."""
    with pytest.raises(SourceError, match=r"areas\.geojson"):
        added.add(write("areas.geojson", collection(RAION)[:-40]))


def test_an_unknown_kind_of_file_is_refused_with_those_known(added, write):
    """The endings that can be read are listed."""
    with pytest.raises(InputError, match=r"\.zip, \.txt, \.csv.*\.geojson"):
        added.add(write("places.docx", b"PK"))


SEEDS = {
    "RU.zip": zipped({"RU.txt": dump_text()}),
    "RU.txt": dump_text().encode(),
    "areas.geojson": collection(RAION, RAION).encode(),
    "t.csv": b'name,lat,lon,country,population\nA,51.2,35.3,RU,100\n"B, C",51.2,35.4,RU,\n',
}


@settings(max_examples=40, deadline=None)
@given(
    name=st.sampled_from(sorted(SEEDS)),
    where=st.floats(0, 1, exclude_max=True),
    dropped=st.integers(0, 30),
    put_in=st.binary(max_size=8),
)
def test_a_damaged_file_is_refused_or_read_and_nothing_else(
    tmp_path_factory, name, where, dropped, put_in
):
    """Whatever a file holds, what comes is a set of places or one of our errors."""
    folder = tmp_path_factory.mktemp("damaged")
    seed = SEEDS[name]
    at = int(where * len(seed))
    (folder / name).write_bytes(seed[:at] + put_in + seed[at + dropped :])
    try:
        result = Added(folder).add(folder / name)
    except DatelineError:
        assert Added(folder).sets() == []
    else:
        assert Added(folder).sets() == [result.added]


# --------------------------------------------------------------------------------- sets and downloads


def test_sets_are_listed_with_origin_credit_and_licence(added, write):
    """Whoever uses them later knows whom to credit."""
    path = write("t.csv", "name,lat,lon\nA,51.2,35.3\n")
    added.add(path, name="one", credit="me", licence="CC0")
    added.add(path, name="two")
    first, second = added.sets()
    assert (first.name, first.origin, first.credit, first.licence, first.places) == (
        "one",
        str(path),
        "me",
        "CC0",
        1,
    )
    assert (second.name, second.licence) == ("two", None)


def test_a_set_of_the_same_name_is_replaced_whole(added, write):
    """The second version does not mix with the first, and a failed one changes nothing."""
    added.add(write("t.csv", "name,lat,lon\nA,51.2,35.3\nB,51.2,35.4\n"))
    added.add(write("t.csv", "name,lat,lon\nC,51.2,35.3\n"))
    with pytest.raises(CellError):
        added.add(write("t.csv", "name,lat,lon\nD,x,35.3\n"))
    assert [named.place.name for named in facts(added).values()] == ["C"]


def test_a_removed_set_is_gone(added, write):
    """With all its places; an unknown name is answered with those there are."""
    added.add(write("t.csv", "name,lat,lon\nA,51.2,35.3\n"))
    with pytest.raises(InputError, match="there is: t"):
        added.remove("x")
    assert added.remove("t").places == 1
    assert (added.sets(), facts(added)) == ([], {})


@pytest.mark.parametrize("name", ["", "../x", "a/b", "x" * 99, "a\nb"])
def test_a_strange_name_of_a_set_is_refused(added, write, name):
    """Names are words."""
    path = write(".csv", "name,lat,lon\nA,51.2,35.3\n")
    with pytest.raises(InputError, match="letters, digits"):
        added.add(path, name=name)


def test_the_data_directory_can_be_chosen(monkeypatch, tmp_path):
    """By argument, then by environment, then by the system's custom."""
    monkeypatch.setenv("DATELINE_DATA", str(tmp_path))
    assert data_directory() == tmp_path
    assert data_directory("/x") == Path("/x")
    monkeypatch.delenv("DATELINE_DATA")
    assert data_directory().name == "dateline"


def test_a_damaged_data_file_is_named(added, write, tmp_path):
    """The user's data is not thrown away silently."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "added.sqlite").write_bytes(b"no database at all" * 100)
    with pytest.raises(GazetteerError, match=r"added\.sqlite.*move that file away"):
        added.add(write("t.csv", "name,lat,lon\nA,51.2,35.3\n"))
    with pytest.raises(GazetteerError, match="move that file away"):
        added.sets()


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setattr("dateline.download._FIRST_PAUSE_SECONDS", 0.01)
    with FileServer({"/dump/RU.zip": zipped({"RU.txt": dump_text()})}) as running:
        yield running


LOCAL = Layout(allow_local=True)


def test_a_dump_is_fetched_from_its_address(added, server, tmp_path):
    """The set is named after the file; the download is not kept."""
    said = []
    result = added.add(
        f"{server.url}/dump/RU.zip?x=1",
        layout=LOCAL,
        progress=lambda _, what: said.append(what),
    )
    assert (result.added.name, result.added.places) == ("RU", 5)
    assert "downloading" in said
    assert not list((tmp_path / "data" / "downloads").iterdir())


def test_an_interrupted_download_goes_on(added, server):
    """The second call asks for the rest only."""
    whole = server.files["/dump/RU.zip"]
    server.replies.append(Reply(body=whole, headers={"ETag": '"v1"'}, cut=0.5))
    server.replies.extend([Reply(status=503)] * 5)
    with pytest.raises(SourceError, match="goes on where this stopped"):
        added.add(f"{server.url}/dump/RU.zip", layout=LOCAL)
    added.add(f"{server.url}/dump/RU.zip", layout=LOCAL)
    assert server.requests[-1].headers["range"] == f"bytes={len(whole) // 2}-"


def test_a_damaged_download_is_fetched_anew(added, server):
    """What cannot be read is not kept for the next call."""
    whole = server.files["/dump/RU.zip"]
    server.files["/dump/RU.zip"] = whole[:200]
    with pytest.raises(SourceError, match="whole zip"):
        added.add(f"{server.url}/dump/RU.zip", layout=LOCAL)
    server.files["/dump/RU.zip"] = whole
    assert added.add(f"{server.url}/dump/RU.zip", layout=LOCAL).added.places == 5


def test_hosts_of_the_own_network_need_a_word(added, server):
    """An address is public unless the user says otherwise."""
    with pytest.raises(SourceError, match="public host"):
        added.add(f"{server.url}/dump/RU.zip")
    assert server.requests == []


def test_a_download_that_needs_another_option_is_not_fetched_twice(added, server, tmp_path):
    """The file is kept for the next call where it was the options that were wrong; not for ever."""
    server.files["/t.csv"] = b"title_of_it,lat,lon\nA,51.2,35.3\n"
    with pytest.raises(InputError, match="which column holds name"):
        added.add(f"{server.url}/t.csv", layout=LOCAL)
    added.add(f"{server.url}/t.csv", layout=Layout(name="title_of_it", allow_local=True))
    assert len(server.requests) == 1
    assert not list((tmp_path / "data" / "downloads").iterdir())


SCRIPT = """
import sys
from dateline.geo.added import Added
Added(sys.argv[1]).add(sys.argv[2], name="big")
"""


def test_a_killed_addition_leaves_what_was(added, write, tmp_path):
    """No half sets, and the next one works."""
    added.add(write("t.csv", "name,lat,lon\nA,51.2,35.3\n"), name="big")
    rows = "".join(f"P{n},{51 + n % 100 / 1000},35.3\n" for n in range(100_000))
    path = write("big.csv", f"name,lat,lon\n{rows}")
    run = subprocess.Popen([sys.executable, "-c", SCRIPT, str(tmp_path / "data"), str(path)])
    journal = tmp_path / "data" / "added.sqlite-wal"
    while run.poll() is None and not (journal.exists() and journal.stat().st_size > 100_000):
        time.sleep(0.005)
    run.send_signal(signal.SIGKILL)
    run.wait()
    assert [(each.name, each.places) for each in added.sets()] == [("big", 1)]
    assert len(facts(added)) == 1


def test_reading_does_not_wait_for_an_addition(added, write):
    """While another process adds a country, the sets of before are seen."""
    added.add(write("t.csv", "name,lat,lon\nA,51.2,35.3\n"))
    with AddedStore(added._store.path.parent).open() as writing:
        writing.execute("DELETE FROM sets")
        assert [each.name for each in added.sets()] == ["t"]


# ------------------------------------------------------------------------------------- found at once


@pytest.fixture
def opened(cache_dir, tmp_path):
    """Return what opens a geocoder that sees the added places, its index apart from the shared one."""
    from dateline.geo.gazetteer import Gazetteer
    from dateline.geo.geocoder import Geocoder
    from dateline.geo.region import Regions

    (tmp_path / "cache").mkdir()
    for folder in cache_dir.glob("places-*"):
        if not folder.name.endswith(".partial"):
            (tmp_path / "cache" / folder.name).symlink_to(folder)

    def opened():
        gazetteer = Gazetteer.open(tmp_path / "cache", data_dir=tmp_path / "data")
        regions = Regions.open(tmp_path / "cache", data_dir=tmp_path / "data")
        return Geocoder(gazetteer, regions)

    return opened


@pytest.mark.usefixtures("gazetteer")
def test_added_places_are_located_at_once(added, write, opened):
    """By every name, in every case, also as part of an expression; and no longer once removed."""
    added.add(
        write(
            "t.csv", "name,lat,lon,name_uk,district\nQvetlorka,51.25,35.4,Кветлорка,Sudzhansky\n"
        ),
        credit="survey",
    )
    geocoder = opened()
    by_name, by_other_name, offset = geocoder.locate(
        ["Qvetlorka", "Кветлорка", "5 km north of Qvetlorka"]
    )
    assert (by_name.lon, by_name.lat, by_name.admin1) == (35.4, 51.25, "RU-KRS")
    assert by_other_name.name == "Qvetlorka"
    assert (offset.kind, round(offset.lat, 2)) == ("offset", 51.29)
    places = geocoder.gazetteer.find("Qvetlorka")
    assert [(p.id, p.source, p.district) for p in places] == [("added:t:2", "survey", "Sudzhansky")]
    assert added.credit(places[0]) == "survey"
    assert geocoder.gazetteer.known(["", "qwzzx", *map(name_key, ["Qvetlorka", "Kyiv"])]) == [
        False,
        False,
        True,
        True,
    ]
    assert geocoder.gazetteer.fuzzy("Qvetlorkka")[0].name == "Qvetlorka"
    assert geocoder.gazetteer.near(35.4, 51.25, 500)[0].name == "Qvetlorka"
    assert geocoder.gazetteer.get("added:t:2").name == "Qvetlorka"
    added.remove("t")
    assert opened().gazetteer.find("Кветлорка") == []


@pytest.mark.usefixtures("gazetteer")
def test_a_mended_file_is_not_measured_by_its_old_mistakes(added, write, opened, tmp_path):
    """What was added exchanged, for want of a namesake, does not stand against the right order."""
    added.add(write("t.csv", "name,lat,lon\nQvetlorka,35.4,51.25\n"))
    again = Added(tmp_path / "data", gazetteer=opened().gazetteer)
    again.add(write("t.csv", "name,lat,lon\nQvetlorka,51.25,35.4\n"))
    assert opened().gazetteer.find("Qvetlorka")[0].lat == 51.25


@pytest.mark.usefixtures("gazetteer")
def test_added_outlines_are_drawn_and_cut(added, write, opened):
    """A district that only the user has is an area, and has a western part."""
    feature = ({"name": "Qvetlorka", "name:uk": "Кветлорський район"}, square(34.5, 50.8, 0.4))
    added.add(write("areas.geojson", collection(feature)), licence="CC0")
    assert opened().locate(["Кветлорський район"])[0].kind == "district"
    whole, part = opened().locate(["Qvetlorka district", "the western part of Qvetlorka district"])
    assert whole.geometry.bounds == pytest.approx((34.5, 50.8, 34.9, 51.2))
    assert (whole.kind, whole.where_prec, whole.admin1) == ("district", 3, "UA-59")
    assert part.geometry.bounds == pytest.approx((34.5, 50.8, 34.7, 51.2), abs=0.02)


@pytest.mark.usefixtures("gazetteer")
def test_a_place_that_is_known_already_is_one_place(added, write, opened):
    """The user's point, and what the gazetteer knows besides; other namesakes stay."""
    before = opened().gazetteer.find("Sumy")
    added.add(write("t.csv", "name,lat,lon\nSumy,50.921,34.801\n"))
    places = opened().gazetteer.find("Sumy")
    around = [p for p in places if p.kind == "settlement" and abs(p.lat - 50.92) < 0.02]
    assert len(around) == 1
    assert {p.id for p in before if p.kind != "settlement"} <= {p.id for p in places}
    assert (places[0].id, places[0].lat, places[0].population) == (
        "added:t:2",
        50.921,
        before[0].population,
    )


@pytest.mark.usefixtures("gazetteer")
def test_a_dump_does_not_double_what_is_built_in(added, write, opened):
    """The same number of GeoNames is the same place."""
    before = opened().gazetteer.find("Sudzha")
    twin = next(place for place in before if place.kind == "settlement")
    row = (
        twin.id.removeprefix("gn:"),
        "Sudzha",
        str(twin.lat),
        str(twin.lon),
        "P",
        "PPLA2",
        "RU",
        "41",
        "",
        6036,
    )
    added.add(write("RU.txt", dump_text([row])))
    after = opened().gazetteer.find("Sudzha")
    assert sorted(place.id for place in after) == sorted(place.id for place in before)


@pytest.mark.usefixtures("gazetteer")
def test_a_dump_does_not_take_outlines_away(added, write, opened):
    """A dump's points of districts and rivers do not stand before areas and lines that are built in."""
    rows = [
        (1, "Sudzhanskiy Rayon", "51.2", "35.3", "A", "ADM2", "RU", "41", "1", 0),
        (2, "Seym", "51.4", "33.9", "H", "STM", "UA", "21", "", 0),
        (3, "Qvetlorka", "51.2", "35.3", "P", "PPL", "RU", "41", "1", 0),
    ]
    lines = [dump_line(rows[0], "Суджанский район"), *map(dump_line, rows[1:])]
    added.add(write("RU.txt", "\n".join(lines)))
    district, river, hamlet = opened().locate(["Суджанский район", "the Seym river", "Qvetlorka"])
    assert (district.kind, district.geometry.area > 0) == ("district", True)
    assert (river.kind, river.geometry.area > 0) == ("water", True)
    assert hamlet.geometry is not None


@pytest.mark.usefixtures("gazetteer")
def test_without_added_places_the_gazetteer_is_the_plain_one(opened):
    """Nothing is joined where there is nothing to join."""
    from dateline.geo.gazetteer import Gazetteer

    assert type(opened().gazetteer) is Gazetteer


@pytest.mark.usefixtures("gazetteer")
def test_outdated_indexes_of_added_places_are_removed(added, write, opened, tmp_path):
    """Adding ten times does not fill the disk ten times."""
    for number in range(3):
        added.add(write("t.csv", f"name,lat,lon\nQvetlorka,51.2,35.{number}\n"))
        opened()
    assert len(list((tmp_path / "cache").glob("added-*"))) == 1
