"""Damaged and hostile files that claim to be ours: an error that is ours, never a traceback or a hang."""

import io
import json
import random
import zipfile
from contextlib import suppress
from functools import cache
from tempfile import TemporaryDirectory

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import CellError, DatelineError, SourceError
from dateline.event import Event
from dateline.exports.vector import FORMATS, export
from dateline.reports.tables.own import is_own, read_own
from dateline.table import from_events

EVENTS = [
    Event(
        id="a",
        title="A",
        geometry=shapely.Point(35, 51),
        sides=["RUS"],
        units=[{"name": "95th"}],
        extra={"x": 1},
    ),
    Event(
        id="b",
        geometry=shapely.box(34, 51, 35, 52),
        sources=[{"publisher": "P"}],
        graphic=True,
        where_prec=3,
    ),
]


@cache
def _written(suffix):
    """Return the bytes of a format."""
    with TemporaryDirectory() as folder:
        return export(from_events(EVENTS), f"{folder}/e{suffix}").read_bytes()


def _damaged(data, seed):
    """Return `data` with some bytes changed, taken out or cut off."""
    chance = random.Random(seed)
    changed = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(changed))
        if chance.random() < 0.3:
            del changed[at : at + chance.randint(1, 30)]
        else:
            changed[at] = chance.randrange(256)
        if not changed:
            return b"x"
    return (
        bytes(changed[: chance.randrange(1, len(changed) + 1)])
        if chance.random() < 0.3
        else bytes(changed)
    )


@pytest.mark.parametrize("suffix", FORMATS)
@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_a_damaged_file_gives_an_error_of_ours_or_events(suffix, seed):
    """Whatever bytes were changed."""
    data = _damaged(_written(suffix), seed)
    with suppress(DatelineError):
        if is_own(data):
            read_own(data)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("sides", 3),
        ("sides", "[RUS"),
        ("casualties", "many"),
        ("units", [{"nam": "x"}]),
        ("where_prec", 99),
        ("date_start", "14.12."),
        ("id", None),
    ],
)
def test_a_cell_changed_to_nonsense_is_named(column, value):
    """With its row and column."""
    document = json.loads(_written(".geojson"))
    document["features"][1]["properties"][column] = value
    with pytest.raises(CellError, match=rf"row 3, column '{column}"):
        read_own(json.dumps(document).encode())


def test_geojson_nested_a_thousand_deep_is_refused():
    """No recursion error."""
    deep = b"[" * 1000 + b"]" * 1000
    data = _written(".geojson").replace(b'"extra":{"x":1}', b'"extra":{"x":' + deep + b"}")
    with pytest.raises(SourceError, match="deep"):
        read_own(data)


def test_entities_in_kml_are_refused():
    """Neither a bomb nor a file of the machine is read."""
    declared = b'<!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/passwd">]><kml'
    with pytest.raises(SourceError, match="entities"):
        read_own(_written(".kml").replace(b"<kml", declared, 1))


def test_a_zip_bomb_that_claims_to_be_ours_is_refused():
    """It is not even unpacked."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("doc.kml", b"dateline-events/1" + b" " * 100_000_000)
    with pytest.raises(SourceError, match="unpacks"):
        read_own(body.getvalue())


def test_another_programs_files_are_not_taken_for_ours():
    """The importers of others get them."""
    assert not is_own(b"id,title,date\n1,x,2024-12-14\n")
    assert not is_own(b'{"type":"FeatureCollection","features":[]}')
    assert not is_own(b'<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"/>')
    assert not is_own(b"Two were killed near Sudzha.")
