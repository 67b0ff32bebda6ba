"""Cells that hold lists or objects, as Parquet, GeoJSON and JSON in a CSV have them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from dateline import codec
from dateline.errors import InputError
from dateline.event import Casualties, Source, Unit

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["casualties_of", "names_of", "parts_of", "sources_of", "units_of"]

_OF_SOURCES = {"link": "url", "href": "url", "name": "publisher", "date": "published"}
_OF_UNITS = {"title": "name", "unit": "name", "country": "side"}
_OF_CASUALTIES = {"type": "kind"}


def parts_of(text: str) -> list[Any] | None:
    """Return the members of the list that a cell holds, an object as the only one; null if it holds words.

    Nulls and empty texts are left out.
    """
    if not text.startswith(("[", "{")):
        return None
    try:
        value = codec.load(text)
    except InputError:
        return None
    members = value if isinstance(value, list) else [value]
    return [member for member in members if member not in (None, "", [], {})]


def names_of(text: str) -> list[str] | None:
    """Return the names in a cell that holds a list of them; null if it holds words."""
    parts = parts_of(text)
    if parts is None:
        return None
    names = (part.get("name") if isinstance(part, dict) else part for part in parts)
    return [name for name in names if isinstance(name, str)]


def sources_of(text: str) -> list[dict[str, Any]] | None:
    """Return the sources in a cell that holds a list of addresses, publishers or objects; null if it holds words."""
    return _records(text, Source, _OF_SOURCES)


def units_of(text: str) -> list[dict[str, Any]] | None:
    """Return the units in a cell that holds a list of names or objects; null if it holds words."""
    return _records(text, Unit, _OF_UNITS)


def casualties_of(text: str) -> list[dict[str, Any]] | None:
    """Return the figures in a cell that holds a list of objects; null if it holds words."""
    return _records(text, Casualties, _OF_CASUALTIES)


def _records(
    text: str, model: type[BaseModel], synonyms: Mapping[str, str]
) -> list[dict[str, Any]] | None:
    """Return the members of a cell's list as far as `model` allows them; null if it holds words."""
    parts = parts_of(text)
    if parts is None:
        return None
    objects = (part if isinstance(part, dict) else _bare(part, model) for part in parts)
    found = (_record(part, model, synonyms) for part in objects)
    return [record for record in found if record]


def _bare(part: object, model: type[BaseModel]) -> dict[str, object]:
    """Return the record that a text alone stands for."""
    if model is Source:
        address = isinstance(part, str) and part.startswith(("http://", "https://"))
        return {"url" if address else "publisher": part}
    return {"name": part}


def _record(
    members: Mapping[str, Any], model: type[BaseModel], synonyms: Mapping[str, str]
) -> dict[str, Any] | None:
    """Return what of an object's members a record can hold, null if that is no record."""
    given = {name: value for name, value in members.items() if value not in (None, "")}
    named = {synonyms.get(name, name): value for name, value in given.items()}
    named.update(given)
    known = {name: named[name] for name in model.model_fields if name in named}
    while known:
        try:
            model.model_validate(known)
        except ValidationError as error:
            wrong = {str(each["loc"][0]) for each in error.errors() if each["loc"]} & known.keys()
            if not wrong:
                return None
            known = {name: value for name, value in known.items() if name not in wrong}
        else:
            return known
    return None
