"""Options that several commands share, one decorator each."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import click

from dateline.console import set_verbosity

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "FILE_OR_TABLE",
    "LON_LAT",
    "control_option",
    "language_option",
    "local_option",
    "online_options",
    "output_option",
    "page_options",
    "published_option",
    "reading_options",
    "selection_options",
    "verbosity_options",
]

P = ParamSpec("P")
R = TypeVar("R")
_BOX_SIDES = 4
_POINT_NUMBERS = 2


class _Numbers(click.ParamType[tuple[float, ...]]):
    """Comma-separated numbers, a fixed count of them."""

    def __init__(self, name: str, count: int) -> None:
        self.name = name
        self.count = count

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[float, ...]:
        """Return the numbers of `value`."""
        if isinstance(value, tuple):
            return value
        try:
            numbers = tuple(float(part) for part in value.split(","))
        except ValueError:
            numbers = ()
        if len(numbers) != self.count:
            self.fail(f"expected {self.name}, got {value!r}", param, ctx)
        return numbers


LON_LAT = _Numbers("LON,LAT", _POINT_NUMBERS)
BOX = _Numbers("WEST,SOUTH,EAST,NORTH", _BOX_SIDES)


def published_option(command: Callable[P, R]) -> Callable[P, R]:
    """Add --published."""
    return click.option(
        "--published",
        metavar="DAY",
        type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M"]),
        callback=_iso,
        help="Publication day of the reports, e.g. 2024-12-16, where they do not say it.",
    )(command)


def language_option(command: Callable[P, R]) -> Callable[P, R]:
    """Add --lang."""
    return click.option(
        "--lang",
        "language",
        metavar="CODE",
        callback=_known_language,
        help="Language of the text (ISO 639-1); recognised where not given.",
    )(command)


def local_option(command: Callable[P, R]) -> Callable[P, R]:
    """Add --allow-local."""
    return click.option(
        "--allow-local", is_flag=True, help="Also fetch addresses of your own machine and network."
    )(command)


def reading_options(command: Callable[P, R]) -> Callable[P, R]:
    """Add what `read` and `map` have in common."""
    options = (
        published_option,
        language_option,
        local_option,
        click.option("--from", "layout", metavar="LAYOUT", help="Table layout, e.g. acled."),
        click.option(
            "--map",
            "columns",
            multiple=True,
            metavar="COLUMN=FIELD",
            callback=_pairs,
            help="Which table column holds which event column.",
        ),
        click.option("--no-merge", is_flag=True, help="Keep each report's own event."),
        online_options,
    )
    return functools.reduce(lambda inner, option: option(inner), reversed(options), command)


def selection_options(command: Callable[..., R]) -> Callable[..., R]:
    """Add --since, --until, --side, --unit, --type, --status and --bbox as one `selection`."""

    @functools.wraps(command)
    def with_selection(**values: Any) -> R:
        from dateline.selection import Selection

        names = ("since", "until", "sides", "units", "types", "statuses", "bbox")
        selection = Selection(**{name: values.pop(name) for name in names})
        return command(selection=selection, **values)

    options = (
        click.option("--since", metavar="DAY", help="First day, e.g. 2024-08-06."),
        click.option("--until", metavar="DAY", help="Last day."),
        click.option("--side", "sides", multiple=True, metavar="SIDE", help="E.g. UKR."),
        click.option("--unit", "units", multiple=True, metavar="UNIT", help="Name or registry id."),
        click.option("--type", "types", multiple=True, metavar="TYPE", help="E.g. Battles."),
        click.option("--status", "statuses", multiple=True, metavar="STATUS", help="E.g. claimed."),
        click.option("--bbox", type=BOX, metavar="W,S,E,N", help="Box in degrees."),
    )
    return functools.reduce(lambda inner, option: option(inner), reversed(options), with_selection)


def page_options(command: Callable[..., R]) -> Callable[..., R]:
    """Add what a page can be told, as one `page`."""
    names = "title byline contact url logo image perspective colours tiles attribution control"

    @functools.wraps(command)
    def with_page(**values: Any) -> R:
        page = {name: values.pop(name) for name in names.split()}
        return command(page=page, **values)

    file = click.Path(exists=True, dir_okay=False, path_type=Path)
    options = (
        click.option("--title", help="Headline of the page."),
        click.option("--byline", help="Who made the map."),
        click.option("--contact", help="Where readers report errors: a web or mail address."),
        click.option("--url", help="Address at which the page will stand."),
        click.option("--logo", type=file, help="Picture above the headline."),
        click.option("--image", metavar="URL", help="Picture for social cards."),
        click.option("--perspective", metavar="SIDE", help="Draw symbols as this side sees them."),
        click.option(
            "--colour",
            "colours",
            multiple=True,
            metavar="SIDE=#RRGGBB",
            callback=_colours,
            help="Colour of a side.",
        ),
        click.option(
            "--tiles", metavar="NAME|URL", help="Online basemap; readers' browsers ask it."
        ),
        click.option("--attribution", help="Whom to credit for tiles given by address."),
        control_option,
    )
    return functools.reduce(lambda inner, option: option(inner), reversed(options), with_page)


def control_option(command: Callable[..., R]) -> Callable[..., R]:
    """Add --control."""
    return click.option(
        "--control",
        multiple=True,
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="Polygons of who holds what: columns date, side, source, credit.",
    )(command)


def online_options(command: Callable[..., R]) -> Callable[..., R]:
    """Add --online, --user-agent and --online-url as one `online`."""

    @functools.wraps(command)
    def with_online(
        *, service: str | None, user_agent: str | None, online_url: str | None, **values: Any
    ) -> R:
        online = None
        if service:
            from dateline.places import OnlineService

            online = OnlineService(service, user_agent, online_url)
        return command(online=online, **values)

    options = (
        click.option(
            "--online",
            "service",
            type=click.Choice(["nominatim", "photon"]),
            help="Ask this service for places that the gazetteers do not know.",
        ),
        click.option("--user-agent", metavar="TEXT", help="Who asks, e.g. 'desk@example.org'."),
        click.option("--online-url", metavar="URL", help="A server of your own."),
    )
    return functools.reduce(lambda inner, option: option(inner), reversed(options), with_online)


class _Target(click.Path):
    """A file, or a table of a database, whose address stays a text."""

    name = "file or database"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return a path, or the address as it is."""
        from dateline.database import is_database

        return value if is_database(value) else super().convert(value, param, ctx)


FILE = click.Path(path_type=Path)
FILE_OR_TABLE = _Target(path_type=Path)


def output_option(
    help_text: str, kind: click.ParamType[Any] = FILE
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Add -o and --overwrite; `kind` tells what may be written to."""

    def add(command: Callable[P, R]) -> Callable[P, R]:
        overwrite = click.option("--overwrite", is_flag=True, help="Replace a file that exists.")
        output = click.option("-o", "--output", type=kind, metavar="FILE", help=help_text)
        return output(overwrite(command))

    return add


def verbosity_options(command: Callable[..., R]) -> Callable[..., R]:
    """Add -v and -q."""

    @functools.wraps(command)
    def with_verbosity(*, verbose: int, quiet: bool, **values: Any) -> R:
        set_verbosity(-1 if quiet else verbose)
        return command(**values)

    verbose = click.option("-v", "--verbose", count=True, help="Say more on stderr.")
    quiet = click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
    return verbose(quiet(with_verbosity))


def _iso(ctx: click.Context, param: click.Parameter, value: Any) -> str | None:
    """Return a parsed time as ISO 8601 day, or minute where it has one."""
    del ctx, param
    if value is None:
        return None
    text: str = value.isoformat(timespec="minutes")
    return text.removesuffix("T00:00")


def _known_language(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Return a language that has a lexicon."""
    from dateline.lexicon import languages

    if value is not None and value not in languages():
        choices = ", ".join(languages())
        raise click.BadParameter(f"expected one of {choices}; got {value!r}", ctx, param)
    return value


def _colours(
    ctx: click.Context, param: click.Parameter, value: tuple[str, ...]
) -> dict[str, str] | None:
    """Return `SIDE=#RRGGBB` as side to colour."""
    pairs = [text.rpartition("=") for text in value]
    wrong = [text for text, pair in zip(value, pairs, strict=True) if not all(pair)]
    if wrong:
        raise click.BadParameter(f"expected SIDE=#RRGGBB, got {wrong[0]!r}", ctx, param)
    return {side: colour for side, _, colour in pairs} or None


def _pairs(
    ctx: click.Context, param: click.Parameter, value: tuple[str, ...]
) -> dict[str, str] | None:
    """Return `COLUMN=FIELD` pairs as field to column."""
    pairs = [text.partition("=") for text in value]
    wrong = [text for text, pair in zip(value, pairs, strict=True) if not (pair[0] and pair[2])]
    if wrong:
        raise click.BadParameter(f"expected COLUMN=FIELD, got {wrong[0]!r}", ctx, param)
    return {field: column for column, _, field in pairs} or None
