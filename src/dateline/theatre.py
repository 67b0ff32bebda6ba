"""A theatre: from `dateline.toml` to its map, exports, picture and embed code; only what changed is written."""

from __future__ import annotations

import json
import logging
import os
from contextlib import chdir, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline import pipeline, stamps
from dateline.config import Config, load, starter
from dateline.database import is_database
from dateline.errors import ConfigError, OutputError
from dateline.exports.files import write_text
from dateline.geo.added import Added
from dateline.geo.gazetteer import cache_directory
from dateline.geo.sources import fingerprint_parts
from dateline.moment import moment
from dateline.selection import Selection
from dateline.theatre_outputs import Writer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    import geopandas as gpd

    from dateline.config import ExtraUnit

__all__ = ["Built", "build", "init"]

_log = logging.getLogger("dateline")
_EVENTS = ("sources", "language", "published", "since", "until", "places", "units", "disclosure")
"""Tables of the file that decide what the events are."""

_PAGE = ("title", "byline", "contact", "url", "logo", "perspective", "sides", "basemap", "control")
_READ_BY: dict[str, tuple[str, ...]] = {
    "picture": ("title", "sides"),
    "map": _PAGE,
    "events": ("title",),
    "embed": _PAGE,
}
"""Tables that decide, besides the events, what each kind of output is; in the order of writing."""

_ADDRESS = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did.

    Attributes
    ----------
    written, current
        Outputs that were written, and those that were up to date.
    events
        The events shown; null where nothing had to be read.
    """

    written: tuple[Path, ...]
    current: tuple[Path, ...]
    events: gpd.GeoDataFrame | None = None

    def report(self) -> str:
        """Return one line a file, paths relative to the working folder."""
        lines = [f"written: {_near(path)}" for path in self.written]
        return "\n".join([*lines, *(f"up to date: {_near(path)}" for path in self.current)])


@dataclass(frozen=True, slots=True)
class _Output:
    """One file to end up with; `made_of` is the digest of its ingredients, null where not known."""

    kind: str
    path: Path
    made_of: str | None


def init(path: str | os.PathLike[str] = "dateline.toml") -> Path:
    """Write a commented theatre file to begin with.

    Parameters
    ----------
    path
        The file, which must not exist.

    Raises
    ------
    OutputError
        If it exists or cannot be written.
    """
    target = Path(path)
    if target.exists():
        raise OutputError(
            f"expected a new file, got {str(target)!r}, which exists; name another, or move it away"
        )
    return write_text(target, starter())


def build(path: str | os.PathLike[str] = "dateline.toml") -> Built:
    """Write the outputs of a theatre that are missing, were changed by hand or are out of date.

    What is withheld or coarsened is so before anything is written; how much, and why, is logged. Two
    builds from the same files on the same day give the same bytes, the page where SOURCE_DATE_EPOCH is
    set: it tells when it was made. Sources that are addresses are read in every build.

    Parameters
    ----------
    path
        The theatre file.

    Raises
    ------
    ConfigError
        If the file breaks its rules or asks for what cannot be done.
    SourceError, InputError
        If a source cannot be read or used.
    OutputError
        If an output cannot be written; it is then left as it was.
    """
    config = load(path)
    today = moment().date()
    outputs = _outputs(config, today)
    store = cache_directory() / "theatres" / f"{stamps.digest(str(Path(path).resolve()))[:16]}.json"
    known = stamps.read_stamps(store)
    stale = [each for each in outputs if not stamps.is_current(known, each.path, each.made_of)]
    current = tuple(each.path for each in outputs if each not in stale)
    if not stale:
        return Built((), current)
    events = _events(config, today)
    writer = Writer(config, events)
    for output in stale:
        writer.write(output.kind, output.path)
        if output.made_of is not None:
            known[str(output.path.resolve())] = {
                "made_of": output.made_of,
                "holds": stamps.file_digest(output.path),
            }
    write_text(store, json.dumps(known, indent=1, sort_keys=True), overwrite=True)
    return Built(tuple(each.path for each in stale), current, events)


def _near(path: Path) -> str:
    """Return a path as seen from the working folder; whole where it lies elsewhere."""
    whole = path.resolve()
    here = Path.cwd()
    return str(whole.relative_to(here)) if whole.is_relative_to(here) else str(whole)


def _outputs(config: Config, today: date) -> list[_Output]:
    """Return the outputs that the file asks for, in the order of writing."""
    asked = config.outputs
    paths: dict[str, list[str | None]] = {
        "picture": [asked.picture],
        "map": [asked.map],
        "events": [*asked.events],
        "embed": [asked.embed],
    }
    for name in asked.events:
        if is_database(name):
            raise ConfigError(
                "outputs.events: expected files, got the address of a database; write there with "
                "`dateline export`"
            )
    files = config.source_files()
    named = [(kind, config.path(name)) for kind, names in paths.items() for name in names if name]
    _refuse(config, [path for _, path in named], files)
    facts = _facts(config, files, today)
    tables = config.model_dump(mode="json")
    drawn = stamps.files_digest([str(config.path(name)) for name in _page_files(config)])
    return [
        _Output(
            kind, path, facts and stamps.digest(facts, drawn, *(tables[k] for k in _READ_BY[kind]))
        )
        for kind, path in named
    ]


def _refuse(config: Config, outputs: list[Path], sources: list[str]) -> None:
    """Raise where the file asks for what cannot be done."""
    for name in _page_files(config):
        if not config.path(name).is_file():
            raise ConfigError(f"logo, control: expected files that exist, got {name!r}")
    if config.basemap.tiles and not config.basemap.allow_remote:
        raise ConfigError(
            "basemap.tiles: expected none, as readers' browsers would ask its server; take it out, "
            "or set allow_remote = true in [basemap]"
        )
    if config.outputs.embed and not config.outputs.map:
        raise ConfigError("outputs.embed: expected outputs.map too, the page that it shows")
    if not outputs:
        raise ConfigError("outputs: expected at least one file to write, got none")
    resolved = [path.resolve() for path in outputs]
    read = {Path(name).resolve() for name in sources if not name.startswith(_ADDRESS)}
    for path in resolved:
        if path in read:
            raise ConfigError(
                f"outputs: expected files that are not sources, got {str(path)!r}; write elsewhere"
            )
        if resolved.count(path) > 1:
            raise ConfigError(f"outputs: expected each file once, got {str(path)!r} twice")


def _page_files(config: Config) -> list[str]:
    """Return the files that the page shows besides its events."""
    return [*([config.logo] if config.logo else []), *(layer.file for layer in config.control)]


def _facts(config: Config, files: list[str], today: date) -> str | None:
    """Return a digest of all that the events come from; null where a source is an address."""
    if any(name.startswith(_ADDRESS) for name in files):
        return None
    tables = config.model_dump(mode="json", include=set(_EVENTS))
    return stamps.digest(
        stamps.program_digest(),
        fingerprint_parts(),
        [repr(added) for added in Added().sets()],
        stamps.files_digest(files),
        tables,
        today.isoformat() if config.disclosure.embargo else None,
        os.environ.get("SOURCE_DATE_EPOCH"),
    )


def _events(config: Config, today: date) -> gpd.GeoDataFrame:
    """Return the events that may be shown."""
    from dateline.geo.disclosure import disclose
    from dateline.geo.geocoder import Geocoder
    from dateline.geo.holding import areas_of, finder_of
    from dateline.geo.own_places import geocoder_with

    selection = Selection(since=config.since, until=config.until)
    places = geocoder_with(
        config.places, Geocoder.open(cache_directory().resolve(), pipeline.log_progress)
    )
    folder = config.path("")
    sources = [_seen_from(folder, name) for name in config.source_files()]
    # identifiers of events come from the names of files: the same wherever the theatre lies
    with _known_units(config.units), chdir(folder):
        events = pipeline.read(
            sources,
            published=config.published,
            language=config.language,
            places=places,
        )
    shown = disclose(
        selection.apply(events),
        config.disclosure,
        today=today,
        areas=areas_of(places),
        find=finder_of(places),
    )
    for line in shown.report().splitlines():
        _log.warning("disclosure: %s", line)
    shown.events.attrs["title"] = config.title
    return shown.events


def _seen_from(folder: Path, source: str) -> str:
    """Return a source's path as seen from a folder; an address as it is."""
    return source if source.startswith(_ADDRESS) else os.path.relpath(source, folder)


@contextmanager
def _known_units(units: Sequence[ExtraUnit]) -> Iterator[None]:
    """Have the registry know further units while the block runs."""
    from dateline.reports.registry import registry
    from dateline.reports.vocabulary import vocabulary

    if not units:
        yield
        return
    vocabulary.cache_clear()
    try:
        for number, unit in enumerate(units, start=1):
            registry().add(_formation(number, unit))
        yield
    finally:
        registry.cache_clear()
        vocabulary.cache_clear()


def _formation(number: int, unit: ExtraUnit) -> Any:
    """Return one unit of the file as the registry's."""
    from dateline.reports.registry import Formation

    return Formation(
        id=f"own-{number}",
        name=unit.name,
        kind="formation",
        side=unit.side,
        aliases=tuple(("", name) for name in unit.also),
        echelon=None,
        branch=None,
        number=None,
        sidc=unit.sidc,
        parent=None,
        valid_from=None,
        valid_to=None,
    )
