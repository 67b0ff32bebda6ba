"""Tables without a known layout: columns guessed in any language, said, and overruled."""

import io
import json
from pathlib import Path

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
from shapely.geometry import Point, mapping

from dateline.errors import InputError
from dateline.reports.tables import check_table, read_table, recognise

DATA = Path(__file__).parent / "data"

# header: date, place, latitude, longitude, killed, wounded, source link
HEADERS = {
    "en": "Date,Place,Latitude,Longitude,Killed,Wounded,Link",
    "id": "Tanggal,Tempat,Lintang,Bujur,Tewas,Terluka,Tautan",
    "uk": "Дата,Місце,Широта,Довгота,Загиблі,Поранені,Посилання",
    "ru": "Дата,Место,Широта,Долгота,Погибшие,Раненые,Ссылка",
    "be": "Дата,Месца,Шырата,Даўгата,Забіта,Параненыя,Спасылка",
    "de": "Datum,Ort,Breitengrad,Längengrad,Tote,Verletzte,Link",
    "fr": "Date,Lieu,Latitude,Longitude,Morts,Blessés,Lien",
    "es": "Fecha,Lugar,Latitud,Longitud,Muertos,Heridos,Enlace",
    "pt": "Data,Lugar,Latitude,Longitude,Mortos,Feridos,Link",
    "it": "Data,Luogo,Latitudine,Longitudine,Morti,Feriti,Collegamento",
    "nl": "Datum,Plaats,Breedtegraad,Lengtegraad,Doden,Gewonden,Link",
    "pl": "Data,Miejsce,Szerokość,Długość,Zabici,Ranni,Odnośnik",
    "cs": "Datum,Místo,Zeměpisná šířka,Zeměpisná délka,Mrtví,Zranění,Odkaz",
    "ro": "Data,Loc,Latitudine,Longitudine,Morți,Răniți,Legătură",
    "tr": "Tarih,Yer,Enlem,Boylam,Ölü,Yaralı,Bağlantı",
    "ar": "التاريخ,المكان,خط العرض,خط الطول,القتلى,الجرحى,الرابط",
    "fa": "تاریخ,مکان,عرض جغرافیایی,طول جغرافیایی,کشته,مجروح,لینک",
    "he": "תאריך,מקום,קו רוחב,קו אורך,הרוגים,פצועים,קישור",
    "hi": "दिनांक,स्थान,अक्षांश,देशांतर,मृत,घायल,लिंक",
    "zh": "日期,地点,纬度,经度,死亡,受伤,链接",
    "ja": "日付,場所,緯度,経度,死者,負傷者,リンク",
    "ko": "날짜,장소,위도,경도,사망,부상,링크",
    "vi": "Ngày,Địa điểm,Vĩ độ,Kinh độ,Tử vong,Bị thương,Liên kết",
    "fi": "Päivämäärä,Paikka,Leveysaste,Pituusaste,Kuolleet,Haavoittuneet,Linkki",
    "lv": "Datums,Vieta,Platums,Garums,Bojāgājušie,Ievainotie,Saite",
    "sv": "Datum,Plats,Breddgrad,Längdgrad,Döda,Skadade,Länk",
    "hu": "Dátum,Hely,Szélesség,Hosszúság,Halottak,Sebesültek,Hivatkozás",
}


@pytest.mark.parametrize("language", HEADERS)
def test_columns_are_understood_in_every_language(language):
    """Seven columns by their everyday names, in any order."""
    names = HEADERS[language].split(",")
    cells = ["2024-12-14", "Sudzha", "51.19", "35.27", "3", "4", "https://example.test/1"]
    for order in (range(7), (6, 3, 2, 5, 0, 1, 4)):
        table = ";".join(names[i] for i in order) + "\n" + ";".join(cells[i] for i in order) + "\n"
        event = read_table(table.encode()).events.iloc[0]
        assert (event["date_start"], event["place"], event["geometry"]) == (
            "2024-12-14",
            "Sudzha",
            Point(35.27, 51.19),
        )
        assert [(c["kind"], c["min"]) for c in event["casualties"]] == [
            ("killed", 3),
            ("wounded", 4),
        ]
        assert event["sources"] == [{"url": "https://example.test/1"}]


def test_the_guess_is_said_and_can_be_overruled():
    """The first note names every column; `columns` takes precedence, and wrong names are refused."""
    table = b"when,spot,a,b\n2024-12-14,Sudzha,51.19,35.27\n"
    assert "date from 'when'" in read_table(table).notes[0]
    events = read_table(table, columns={"latitude": "a", "longitude": "b", "place": "spot"}).events
    assert events.geometry[0] == Point(35.27, 51.19)
    assert events["place"][0] == "Sudzha"
    with pytest.raises(InputError, match="one of the fields"):
        read_table(table, columns={"lattitude": "a"})
    with pytest.raises(InputError, match="one of the columns"):
        read_table(table, columns={"latitude": "c"})


def test_date_order_can_be_said():
    """An ambiguous column stays open until the user decides."""
    table = b"date,lat,lon\n03/04/2024,51.19,35.27\n"
    assert read_table(table).events["date_start"][0] is None
    assert read_table(table, columns={"date_order": "mdy"}).events["date_start"][0] == "2024-03-04"


def test_places_in_words_are_left_to_the_geocoder():
    """Geometry is null, the words are kept, and no row is dropped for lack of a place."""
    events = read_table(b"date,place,title\n2024-12-14,near Sudzha,one\n2024-12-15,,two\n").events
    assert events.geometry.isna().all()
    assert events["place"].tolist() == ["near Sudzha", None]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251"])
def test_delimiters_and_encodings_are_found_out(delimiter, encoding):
    """The same table in other delimiters and encodings gives the same events."""
    lines = (
        ["Дата", "Место", "Широта", "Долгота"],
        ["2024-12-14", "Малая Локня, посёлок", "51.28", "35.25"],
    )
    text = "\n".join(delimiter.join(f'"{cell}"' for cell in line) for line in lines) + "\n"
    event = read_table(text.encode(encoding)).events.iloc[0]
    assert (event["place"], event["geometry"]) == ("Малая Локня, посёлок", Point(35.25, 51.28))


def test_mixed_encodings_keep_the_row_and_are_said():
    """A line in another encoding is read as that, and doubted."""
    rows = ["date;place;lat;lon", "2024-12-14;Суджа;51.19;35.27", "2024-12-15;Суджа;51.19;35.27"]
    lines = [row.encode() for row in rows[:2]] + [rows[2].encode("cp1251")]
    result = read_table(b"\n".join(lines))
    assert len(result.events) == 2
    assert [error.row for error in result.doubts] == [3]
    assert any("mixes encodings" in note for note in result.notes)


def test_ragged_and_blank_rows():
    """Short rows are filled up, blank ones skipped, long ones refused with their number."""
    result = read_table(
        b"date,lat,lon,note\n2024-12-14,51.19,35.27\n\n2024-12-15,51,19,35,27,x\n2024-12-16,51,35,ok\n"
    )
    assert result.events["date_start"].tolist() == ["2024-12-14", "2024-12-16"]
    assert [error.row for error in result.refusals] == [4]
    assert "6 cells" not in result.refusals[0].remedy


def test_a_workbook_with_a_title_merged_cells_and_dates():
    """The header is found below a title; a merged date holds for all its rows, and is said."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Events of the week"])
    sheet.append([])
    sheet.append(["Date", "Place", "Latitude", "Longitude"])
    sheet.append([pd.Timestamp("2024-12-14").to_pydatetime(), "Sudzha", 51.19, 35.27])
    sheet.append([None, "Korenevo", 51.41, 34.9])
    sheet.merge_cells("A4:A5")
    stream = io.BytesIO()
    book.save(stream)
    result = read_table(stream.getvalue())
    assert result.events["date_start"].tolist() == ["2024-12-14", "2024-12-14"]
    assert result.events.geometry.tolist() == [Point(35.27, 51.19), Point(34.9, 51.41)]
    assert [(error.row, error.column) for error in result.doubts] == [(4, "A4:A5")]


def test_geojson_in_another_system_is_converted():
    """An old `crs` member is heeded, and the note says so."""
    text = (
        '{"type": "FeatureCollection", "crs": {"type": "name", "properties": {"name": "EPSG:3857"}}, "features": ['
        '{"type": "Feature", "properties": {"title": "x"}, "geometry": {"type": "Point", "coordinates": [3926239.0, 6664600.0]}}]}'
    )
    result = read_table(text.encode())
    assert result.events.geometry[0].distance(Point(35.27, 51.22)) < 0.05
    assert any("EPSG:3857" in note for note in result.notes)


def test_geoparquet_and_plain_parquet(tmp_path):
    """Typed columns and geometries of any system."""
    frame = gpd.GeoDataFrame(
        {"title": ["x"], "date": [pd.Timestamp("2024-12-14")], "killed": [3]},
        geometry=gpd.GeoSeries([Point(35.27, 51.19)], crs="EPSG:4326").to_crs("EPSG:3857"),
    )
    frame.to_parquet(tmp_path / "a.parquet")
    pd.DataFrame({"lat": [51.19], "lon": [35.27], "date": ["2024-12-14"]}).to_parquet(
        tmp_path / "b.parquet"
    )
    for name in ("a.parquet", "b.parquet"):
        event = read_table(tmp_path / name).events.iloc[0]
        assert event["date_start"] == "2024-12-14"
        assert event["geometry"].distance(Point(35.27, 51.19)) < 1e-6


def test_areas_and_lines_in_well_known_text():
    """A geometry column may hold any shape."""
    events = read_table(
        b"date;wkt\n2024-12-14;POLYGON ((35 51, 36 51, 36 52, 35 51))\n2024-12-14;POINT (1)\n"
    )
    assert events.events.geometry[0].geom_type == "Polygon"
    assert [error.row for error in events.refusals] == [3]


def test_repeated_identifiers_are_numbered_and_kept():
    """No row is lost, and what the source called it stays under `extra`."""
    result = read_table(b"id,date,lat,lon\na,2024-12-14,51,35\na,2024-12-15,51,35\n")
    assert result.events["id"].tolist() == ["a", "a-2"]
    assert [extra["id"] for extra in result.events["extra"]] == ["a", "a"]


def test_check_lists_every_error_people_make():
    """Each with its row, its column and a remedy."""
    table = (
        "date;place;lat;lon;killed\n"
        "31/04/2024;A;51,19;35,27;many\n"  # no such day, decimal commas, words
        ";B;51.2;35.1;3\n"  # empty date
        "13/05/2024;C;0;0;2\n"  # Null Island
        "14/05/2024;D;35.2;51.2;1\n"  # swapped
        "14/05/2024;E;95;35;1\n"  # swapped, past the limit
        "14/05/2024;F;51.2;191;1\n"  # past the limit
        "14/05/2024;G;51.2;;1\n"  # half a pair
        "13/05/2099;H;51.1;35.1;1\n"  # future
        "14/05/2024;;;;\n"  # no place
        "14/05/2024;I;51.1;35.1;1\n14/05/2024;J;51.1;35.1;1\n14/05/2024;K;51.1;35.1;1\n"
    )
    problems = check_table(table.encode())
    assert {(error.row, error.column) for error in problems} == {
        (2, "date"),
        (2, "lat"),
        (2, "lon"),
        (2, "killed"),
        (3, "date"),
        (4, "lat"),
        (5, "lat"),
        (6, "lat"),
        (7, "lon"),
        (8, "lon"),
        (9, "date"),
        (10, "lat"),
    }
    assert all(error.expected and error.remedy for error in problems)
    assert [error.row for error in problems] == sorted(error.row for error in problems)


def test_points_are_held_against_the_country_that_their_row_names():
    """Swapped ones are found though the table spans the world; ships are left alone."""
    table = (
        b"date,place,country,lat,lon\n"
        b"2024-12-14,El Fasher,Sudan,13.63,25.35\n"
        b"2024-12-14,El Fasher,SDN,25.35,13.63\n"
        b"2024-12-14,Sevastopol,Ukraine,44.60,33.52\n"
        b"2024-12-14,off Mocha,Yemen,13.90,42.40\n"
        b"2024-12-14,Mocha,Yemen,53.90,42.40\n"
        b"2024-12-14,Atlantis,Atlantis,30.00,-40.00\n"
    )
    result = read_table(table)
    assert [(error.row, error.column) for error in result.refusals] == [(3, "lat")]
    assert "exchange" in result.refusals[0].remedy
    assert result.rows_in == 6
    assert [error.row for error in check_table(table)] == [3, 6]


@pytest.mark.parametrize("text", ['{"s1": {"paths": []}}', '[{"colour": "red"}]'])
def test_a_file_named_json_is_no_article(tmp_path, text):
    """It is said to hold no events, where prose would silently give none."""
    path = tmp_path / "sources.json"
    path.write_text(text)
    assert recognise(path) == "plain"


def test_check_finds_nothing_in_a_clean_table():
    """No problem, no words."""
    assert check_table(b"date,place,lat,lon\n2024-12-14,Sudzha,51.19,35.27\n") == []


@pytest.mark.parametrize("name", ["plain_de.csv", "plain_id.geojson", "acled_old.csv"])
def test_check_agrees_with_reading(name):
    """Whatever reading refuses, checking lists."""
    refused = {str(error) for error in read_table(DATA / name).refusals}
    assert refused
    assert refused <= {str(error) for error in check_table(DATA / name)}


def test_names_decide_where_content_does_not(tmp_path):
    """A .csv is a table even with columns that nobody knows."""
    path = tmp_path / "odd.csv"
    path.write_text("aa,bb\n1,2\n")
    assert recognise(path) == "plain"
    assert recognise(path.read_bytes()) is None


def test_sides_and_units_are_linked():
    """Countries in any language and their forces become codes, units and groups are those of the registry."""
    table = (
        "date;side;unit\n"
        "2024-12-14;Росія | Korea Utara;810th Naval Infantry Brigade\n"
        "2024-12-14;Rapid Support Forces;An unheard-of battalion\n"
        "2024-12-14;Some band;\n"
    )
    events = read_table(table.encode()).events
    assert events["sides"].tolist() == [["RUS", "PRK"], ["RSF"], ["Some band"]]
    assert [unit.get("id") for units in events["units"] for unit in units] == [
        "rus-810-ni-bde",
        None,
    ]
    assert events["extra"][0]["side"] == "Росія | Korea Utara"


def test_everyday_words_for_types_are_known():
    """ACLED's types in any case, and the lexicons' words; others stay in words only."""
    table = "date;type\n2024-12-14;battles\n2024-12-14;Shelling\n2024-12-14;Обстріл\n2024-12-14;Weather\n"
    events = read_table(table.encode()).events
    shelling = "Explosions/Remote violence: Shelling/artillery/missile attack"
    assert events["event_type"].tolist() == ["Battles", shelling, shelling, None]
    assert events["extra"][3]["type"] == "Weather"


NESTED = [
    {
        "id": "a",
        "date": "2024-12-14",
        "sides": ["UKR", "Russia"],
        "units": [{"name": "810th Naval Infantry Brigade", "side": "RUS"}, {"name": "Group K"}],
        "sources": [
            {"url": "https://example.test/1", "publisher": "Desk", "published": "2024-12-15"},
            {"name": "Wire", "link": "https://example.test/2", "published": "yesterday"},
        ],
        "casualties": [
            {"kind": "killed", "min": 2, "max": 3},
            {"kind": "killed", "min": 5, "max": 1},
        ],
        "geometry": Point(35.27, 51.19),
    },
    {
        "id": "b",
        "date": "2024-12-15",
        "sides": [],
        "units": ["95th Air Assault Brigade"],
        "sources": ["https://example.test/3", "Agency"],
        "casualties": None,
        "geometry": Point(35.3, 51.2),
    },
]


def nested_parquet():
    """Return the rows above as GeoParquet."""
    target = io.BytesIO()
    gpd.GeoDataFrame(NESTED[:1], crs="EPSG:4326").to_parquet(target)
    return target.getvalue()


def nested_csv():
    """Return the rows above as CSV with JSON in its cells."""
    frame = pd.DataFrame(NESTED)
    for name in ("sides", "units", "sources", "casualties"):
        frame[name] = [json.dumps(cell) for cell in frame[name]]
    frame["geometry"] = [shape.wkt for shape in frame["geometry"]]
    return frame.to_csv(index=False).encode()


def nested_geojson():
    """Return the rows above as a collection of features."""
    features = [
        {
            "type": "Feature",
            "properties": {name: cell for name, cell in row.items() if name != "geometry"},
            "geometry": mapping(row["geometry"]),
        }
        for row in NESTED
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


@pytest.mark.parametrize("write", [nested_parquet, nested_csv, nested_geojson])
def test_cells_that_hold_lists_are_read_as_lists(write):
    """Sides, units, sources and figures keep their members; what no record can hold stays under `extra`."""
    events = read_table(write()).events
    first = events.iloc[0]
    assert first["sides"] == ["UKR", "RUS"]
    assert [unit["name"] for unit in first["units"]] == ["810th Naval Infantry Brigade", "Group K"]
    assert first["units"][0]["side"] == "RUS"
    assert first["sources"] == [
        {"url": "https://example.test/1", "publisher": "Desk", "published": "2024-12-15"},
        {"publisher": "Wire", "url": "https://example.test/2"},
    ]
    assert first["casualties"] == [{"kind": "killed", "min": 2, "max": 3}]
    assert "yesterday" in str(first["extra"])
    if len(events) > 1:
        second = events.iloc[1]
        assert second["units"][0]["side"] == "UKR"
        assert second["sources"] == [{"url": "https://example.test/3"}, {"publisher": "Agency"}]
        assert (second["sides"], second["casualties"]) == ([], [])
