"""`dateline.toml`: a theatre as a file: sources, sides, places, units, layers, disclosure, outputs.

Paths in it are relative to the folder it lies in.
"""

from __future__ import annotations

import tomllib
from datetime import date
from difflib import get_close_matches
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PrivateAttr, ValidationError

from dateline.config_lines import line_of, lines_of
from dateline.errors import ConfigError
from dateline.event import EVENT_TYPES, Side, Status
from dateline.lexicon import languages

if TYPE_CHECKING:
    import os

    from pydantic_core import ErrorDetails

__all__ = [
    "Coarsening",
    "Config",
    "ControlLayer",
    "Disclosure",
    "Embargo",
    "ExtraPlace",
    "ExtraUnit",
    "load",
    "starter",
]

_ADDRESS = ("http://", "https://")
_GLOB = frozenset("*?[")


def _day(value: object) -> object:
    """Return a TOML date as ISO 8601 text; refuse a text that is no day."""
    text = value.isoformat() if isinstance(value, date) else value
    if isinstance(text, str):
        date.fromisoformat(text)
    return text


def _language(code: str) -> str:
    """Return `code` if there is a lexicon for it."""
    if code not in languages():
        message = f"expected one of the languages {', '.join(languages())}"
        raise ValueError(message)
    return code


def _event_type(name: str) -> str:
    """Return `name` if it is an event type."""
    if name not in EVENT_TYPES:
        close = get_close_matches(name, EVENT_TYPES, n=1)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        message = f"expected one of {', '.join(EVENT_TYPES)}{hint}"
        raise ValueError(message)
    return name


Day = Annotated[str, AfterValidator(_day)]
Language = Annotated[str, AfterValidator(_language)]
EventType = Annotated[str, AfterValidator(_event_type)]
Colour = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$", description="#rrggbb")]
Alpha2 = Annotated[str, Field(pattern=r"^[A-Z]{2}$", description="ISO 3166-1 alpha-2")]
Alpha3 = Annotated[str, Field(pattern=r"^[A-Z]{3}$", description="ISO 3166-1 alpha-3")]


class _Table(BaseModel):
    """What all tables of the file share: a key that is not known is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SideStyle(_Table):
    """How a side is called and coloured."""

    name: str | None = None
    colour: Colour | None = None


class ExtraPlace(_Table):
    """A place that the gazetteer lacks."""

    name: str = Field(min_length=1)
    also: list[str] = Field(default=[], description="Other names and spellings")
    lon: float = Field(ge=-180, le=180, description="Degrees")
    lat: float = Field(ge=-90, le=90, description="Degrees")
    country: Alpha2 | None = None
    admin1: str | None = Field(default=None, pattern=r"^[A-Z]{2}-[A-Z0-9]{1,3}$")
    radius_m: float | None = Field(
        default=None, gt=0, description="Radius that holds the place, metres"
    )
    source: str | None = Field(default=None, description="Where name and coordinates come from")


class ExtraUnit(_Table):
    """A unit that the registry lacks."""

    name: str = Field(min_length=1)
    also: list[str] = Field(default=[], description="Other names and spellings")
    side: Side
    sidc: str | None = Field(
        default=None, pattern=r"^\d{20}$", description="MIL-STD-2525D, 20 digits"
    )


class ControlLayer(_Table):
    """Areas that somebody says somebody holds, on one day."""

    file: str
    name: str
    date: Day
    credit: str
    licence: str | None = None
    side: Side | None = None


class Basemap(_Table):
    """What lies under the events; the default asks nobody."""

    tiles: str | None = Field(
        default=None, description="Name or address of online tiles; null for none"
    )
    credit: str | None = Field(
        default=None, description="Whom to credit for tiles given by address"
    )
    allow_remote: bool = Field(default=False, description="Whether the page may ask others")


class _Rule(_Table):
    """Which events a rule of disclosure holds for; an empty list means all."""

    sides: list[Side] = []
    types: list[EventType] = []
    status: list[Status] = []


class Embargo(_Rule):
    """Events younger than so many days are withheld."""

    days: int = Field(ge=0)


class Coarsening(_Rule):
    """Events are shown no finer than this."""

    to: Literal["district", "region", "grid", "radius", "h3"]
    metres: float | None = Field(
        default=None, ge=100, le=500_000, description="Side of a cell, or radius"
    )
    resolution: int | None = Field(default=None, ge=0, le=9, description="Resolution of H3")
    texts: Literal["withhold", "mask"] = Field(
        default="withhold", description="What becomes of titles, summaries and excerpts"
    )


class Disclosure(_Table):
    """What is withheld or coarsened before anything is written."""

    embargo: list[Embargo] = []
    coarsen: list[Coarsening] = []
    keep_to_terms: bool = Field(
        default=True, description="Whether redistribution terms are enforced"
    )


class Outputs(_Table):
    """Files that `dateline build` writes; what is null is not written."""

    map: str | None = "outputs/map.html"
    events: list[str] = Field(default=[], description="Exports, the format by the end of each name")
    picture: str | None = None
    embed: str | None = None


class Config(_Table):
    """The whole of a theatre."""

    title: str = Field(min_length=1)
    sources: list[str] = Field(min_length=1, description="Files, globs and addresses")
    language: Language | None = None
    published: Day | None = None
    byline: str | None = None
    contact: str | None = None
    logo: str | None = Field(default=None, description="File of the picture above the headline")
    url: str | None = None
    perspective: Alpha3 | None = None
    since: Day | None = None
    until: Day | None = None
    sides: dict[str, SideStyle] = {}
    places: list[ExtraPlace] = []
    units: list[ExtraUnit] = []
    control: list[ControlLayer] = []
    basemap: Basemap = Basemap()
    disclosure: Disclosure = Disclosure()
    outputs: Outputs = Outputs()
    _folder: Path = PrivateAttr(default=Path())

    def path(self, name: str) -> Path:
        """Return a path of the file, which is relative to the folder the file lies in."""
        return self._folder / name

    def source_files(self) -> list[str]:
        """Return the sources with globs replaced by the files they match, sorted.

        Raises
        ------
        ConfigError
            If a file does not exist or a glob matches none.
        """
        found: dict[str, None] = {}
        for source in self.sources:
            found |= dict.fromkeys(
                [source] if source.startswith(_ADDRESS) else self._matches(source)
            )
        return list(found)

    def colours(self) -> dict[str, str]:
        """Return the colours chosen, as #rrggbb, by side."""
        return {side: style.colour for side, style in self.sides.items() if style.colour}

    def _matches(self, pattern: str) -> list[str]:
        """Return the files that one source means."""
        path = self.path(pattern)
        if not _GLOB & set(pattern):
            files = [path] if path.exists() else []
        else:
            anchor = Path(path.anchor) if path.is_absolute() else Path()
            files = sorted(anchor.glob(str(path.relative_to(anchor))))
        if not files:
            raise ConfigError(
                f"sources: expected files that match {str(path)!r}, got none; check the path"
            )
        return [str(file) for file in files]


def load(path: str | os.PathLike[str] = "dateline.toml") -> Config:
    """Return a theatre file, checked.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    Config
        Its contents; paths are resolved against its folder.

    Raises
    ------
    ConfigError
        If it cannot be read, is not valid TOML, or breaks its rules: every problem with its line.
    """
    file = Path(path)
    try:
        text = file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        tables = tomllib.loads(text)
    except OSError as error:
        raise ConfigError(
            f"expected a file {str(file)!r}, got {error.strerror!r}; `dateline init` writes one"
        ) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{file.name}: expected valid TOML in UTF-8: {error}") from error
    try:
        config = Config.model_validate(_with_days(tables))
    except ValidationError as error:
        lines = lines_of(text)
        problems = [_problem(file.name, lines, detail) for detail in error.errors()]
        raise ConfigError("\n".join(problems)) from error
    config._folder = file.parent  # noqa: SLF001 (set once, here)
    return config


def starter() -> str:
    """Return a commented theatre file to begin with; it is valid as it stands."""
    return (resources.files("dateline") / "starter.toml").read_text("utf-8")


def _with_days(value: Any) -> Any:
    """Return a TOML value with dates as ISO 8601 text, so that quotes around a day are optional."""
    if isinstance(value, dict):
        return {key: _with_days(member) for key, member in value.items()}
    if isinstance(value, list):
        return [_with_days(member) for member in value]
    return value.isoformat() if isinstance(value, date) else value


def _problem(file: str, lines: dict[tuple[str | int, ...], int], detail: ErrorDetails) -> str:
    """Return one broken rule as: file, line, key, what was expected, what came, what to do."""
    key = ".".join(str(part) for part in detail["loc"])
    message = detail["msg"].removeprefix("Value error, ")
    message = message[0].lower() + message[1:]
    if detail["type"] == "extra_forbidden":
        message = _suggestion(detail["loc"])
    elif detail["type"] == "missing":
        message = "expected this key, got none"
    elif not isinstance(detail["input"], dict | list):
        message += f", got {detail['input']!r}"
    return f"{file}, line {line_of(lines, detail['loc'])}, {key}: {message}"


def _suggestion(location: tuple[str | int, ...]) -> str:
    """Return what to say about a key that is not known."""
    known = _keys(location[:-1])
    close = get_close_matches(str(location[-1]), known, n=1)
    hint = f"did you mean {close[0]!r}?" if close else f"expected one of {', '.join(known)}"
    return f"no such key; {hint}"


def _keys(location: tuple[str | int, ...]) -> list[str]:
    """Return the keys that the table at `location` may have."""
    model: Any = Config
    for part in location:
        fields = getattr(model, "model_fields", {})
        if part in fields:
            model = fields[part].annotation
        elif get_args(model):
            model = get_args(model)[-1]
    return list(getattr(model, "model_fields", {}))
