"""A real PostgreSQL with PostGIS: nothing lost, nothing replaced unasked, no password told."""

import multiprocessing
import os

import geopandas as gpd
import pandas as pd
import psycopg
import pytest
import shapely
import sqlalchemy
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from postgres import programs, server
from test_round_trip import _comparable, events

from dateline.cli import main
from dateline.database import Address
from dateline.errors import InputError, OutputError, SourceError
from dateline.event import Event
from dateline.exports.vector import export
from dateline.reports.tables import read_table
from dateline.table import from_events, to_events

FOLDER = programs()
pytestmark = pytest.mark.xdist_group("postgis")
EVENTS = from_events(
    [
        Event(
            id="a",
            title="Clash",
            summary="",
            geometry=shapely.Point(35.27, 51.19),
            sides=["RUS", "UKR"],
            date_start="2024-12-14",
            sources=[{"publisher": "P", "licence": "CC BY 4.0"}],
            extra={"x": [1, 2.5, None]},
        ),
        Event(id="b", geometry=shapely.box(34, 51, 35, 52), graphic=True, where_prec=3),
        Event(id="c"),
    ]
)


@pytest.fixture(scope="module")
def database():
    """Give a function from a table's name to its address; a missing PostGIS fails where CI is set."""
    if FOLDER is None:
        tell = pytest.fail if os.environ.get("CI") else pytest.skip
        tell("expected PostgreSQL with PostGIS; scripts/install_tools.sh installs them")
    with server(FOLDER) as socket:

        def address(table, base="postgres"):
            return f"postgresql://editor@/{base}?host={socket}&table={table}"

        with psycopg.connect(_plain(address("x")), autocommit=True) as connection:
            connection.execute("CREATE DATABASE bare")
            connection.execute("CREATE EXTENSION postgis")
        yield address


def _plain(address):
    """Return an address as libpq takes it."""
    return Address.parse(address).connection


def ask(address, query):
    """Return all rows of a query."""
    with psycopg.connect(_plain(address)) as connection:
        return connection.execute(query).fetchall()


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(records=st.lists(events(), max_size=4))
def test_everything_comes_back(database, records):
    """No column, character, list, null or coordinate is lost."""
    export(from_events(records), database("everything"), overwrite=True)
    back = read_table(database("everything")).events
    assert [_comparable(e) for e in records] == [_comparable(e) for e in to_events(back)]


def test_others_read_it(database):
    """Geopandas through SQLAlchemy sees the same places; lists can be asked in SQL."""
    address = database("others")
    export(EVENTS, address)
    engine = sqlalchemy.create_engine(
        _plain(address).replace("postgresql:", "postgresql+psycopg:", 1)
    )
    frame = gpd.read_postgis('SELECT * FROM others ORDER BY "row"', engine, geom_col="geometry")
    engine.dispose()
    assert frame.geometry.to_wkb().tolist() == EVENTS.geometry.to_wkb().tolist()
    assert frame.crs.to_epsg() == 4326
    assert frame["sides"].tolist() == [["RUS", "UKR"], None, None]
    assert ask(address, "SELECT id FROM others WHERE sides ? 'UKR'") == [("a",)]
    near = "SELECT id FROM others WHERE ST_Intersects(geometry, ST_MakeEnvelope(35.2,51.1,35.3,51.2,4326))"
    assert ask(address, near) == [("a",)]


def test_provenance_goes_along(database):
    """Licences stand in the table's comment; title, credits and notes come back."""
    table = EVENTS.copy()
    table.attrs = {
        "title": "A title",
        "attribution": ["© Somebody"],
        "notes": ["Some are withheld."],
    }
    export(table, database("provenance"))
    comment = ask(database("provenance"), "SELECT obj_description('provenance'::regclass)")[0][0]
    assert '"licences":["CC BY 4.0"]' in comment
    assert read_table(database("provenance")).events.attrs == table.attrs


def test_a_table_is_replaced_only_when_asked(database):
    """And then keeps the views on it and the rights to it."""
    address = database("kept")
    export(EVENTS, address)
    with psycopg.connect(_plain(address)) as connection:
        connection.execute("CREATE ROLE reader")
        connection.execute("GRANT SELECT ON kept TO reader")
        connection.execute("CREATE VIEW shown AS SELECT id FROM kept")
    with pytest.raises(OutputError, match="--overwrite"):
        export(EVENTS, address)
    export(EVENTS.iloc[:1], address, overwrite=True)
    assert ask(address, "SELECT * FROM shown") == [("a",)]
    assert ask(address, "SELECT has_table_privilege('reader', 'kept', 'SELECT')") == [(True,)]


def test_a_failure_leaves_the_old_rows(database):
    """A view stands in the way of other columns: the server refuses, and nothing is lost."""
    address = database("failing")
    export(EVENTS, address)
    with psycopg.connect(_plain(address)) as connection:
        connection.execute("CREATE VIEW in_the_way AS SELECT id FROM failing")
    with pytest.raises(OutputError, match="built on the table"):
        export(EVENTS, address, overwrite=True, fields=["title"])
    assert len(read_table(address).events) == len(EVENTS)


def _export_and_die(address):
    """Die, as from kill -9, after the old rows are gone and before the transaction ends."""
    from dateline.exports import postgis

    postgis._comment = lambda *_: os._exit(9)
    export(EVENTS.iloc[:1], address, overwrite=True)


def test_a_killed_export_leaves_the_old_rows(database):
    """The transaction dies with its process."""
    address = database("killed")
    export(EVENTS, address)
    process = multiprocessing.get_context("spawn").Process(target=_export_and_die, args=(address,))
    process.start()
    process.join(60)
    assert process.exitcode == 9
    assert len(read_table(address).events) == len(EVENTS)


def test_other_peoples_tables_are_read_like_files(database):
    """Columns are guessed, and the geometry comes in longitude and latitude."""
    address = database("theirs")
    with psycopg.connect(_plain(address)) as connection:
        connection.execute(
            "CREATE TABLE theirs AS SELECT 'Clash' AS title, DATE '2024-12-14' AS date, "
            "ST_Transform(ST_SetSRID(ST_MakePoint(35.27, 51.19), 4326), 3857) AS geom"
        )
    found = read_table(address).events
    assert found["date_start"].tolist() == ["2024-12-14"]
    assert found.geometry.iloc[0].distance(shapely.Point(35.27, 51.19)) < 1e-6


def test_the_command_line_takes_addresses(database, tmp_path):
    """Export to a table, read from it; schemas and filters work; the password is not told."""
    file = export(EVENTS, tmp_path / "events.geojson")
    address = database("public.by_command").replace("editor@", "editor:s3cret@")
    done = CliRunner().invoke(main, ["export", str(file), "-o", address, "--side", "UKR"])
    assert done.exit_code == 0, done.output
    assert "1 event" in done.output
    assert "table=public.by_command" in done.output
    assert "s3cret" not in done.output
    read = CliRunner().invoke(main, ["read", address, "-o", str(tmp_path / "back.csv")])
    assert read.exit_code == 0, read.output
    assert pd.read_csv(tmp_path / "back.csv")["id"].tolist() == ["a"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda a: a.replace("/postgres?", "/nowhere?"), "does not exist"),
        (lambda a: a.replace("host=", "host=/nowhere"), "check host"),
        (lambda a: a.replace("/postgres?", "/bare?"), "CREATE EXTENSION postgis"),
    ],
)
def test_what_is_wrong_is_told_without_the_password(database, change, expected):
    """One line, with the remedy."""
    address = change(database("x").replace("editor@", "editor:s3cr%20et@"))
    with pytest.raises(OutputError) as caught:
        export(EVENTS, address)
    assert expected in str(caught.value)
    assert "\n" not in str(caught.value)
    assert [s for s in ("s3cr et", "s3cr%20et") if s in str(caught.value)] == []
    assert caught.value.__cause__ is None


def test_a_table_that_is_not_there_is_named(database):
    """With how to name another."""
    with pytest.raises(SourceError, match=r"SCHEMA\.NAME"):
        read_table(database("nobody"))


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://h/db?table=",
        "postgresql://h/db?table=a&table=b",
        f"postgresql://h/db?table={'x' * 64}",
        "postgresql://[::1/db",
    ],
)
def test_an_address_that_is_none_is_refused(address):
    """Before anybody is asked."""
    with pytest.raises(InputError, match="expected"):
        Address.parse(address)


def test_a_hostile_table_name_stays_a_name(database):
    """It is quoted: no SQL of the address is run."""
    address = database("public.a%22%3B%20DROP%20TABLE%20others%3B%20--")
    export(EVENTS, address)
    assert len(read_table(address).events) == len(EVENTS)
