"""The command line: one short function a command, no logic."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dateline.console import DatelineGroup, say, write_text
from dateline.gazetteer_commands import gazetteer
from dateline.options import (
    FILE_OR_TABLE,
    LON_LAT,
    control_option,
    language_option,
    local_option,
    online_options,
    output_option,
    page_options,
    published_option,
    reading_options,
    selection_options,
    verbosity_options,
)

if TYPE_CHECKING:
    import geopandas as gpd

    from dateline.selection import Selection

_SOURCES = click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")


@click.group(cls=DatelineGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="dateline-map", prog_name="dateline")
def main() -> None:
    """Published reports of a conflict in; an honest, sourced, embeddable map out.

    \b
    dateline map article.txt --published 2024-12-16 -o map.html
    dateline read article.txt -o review.csv && dateline map review.csv
    dateline locate "western Kursk" "5 km north of Sudzha"
    """


main.add_command(gazetteer)


@main.command("map")
@_SOURCES
@output_option("Target; outputs/NAME.html where not given.")
@page_options
@reading_options
@selection_options
@verbosity_options
def map_command(
    *,
    sources: tuple[str, ...],
    output: Path | None,
    overwrite: bool,
    selection: Selection,
    page: dict[str, Any],
    **reading: Any,
) -> None:
    """Read reports or events and draw one self-contained page."""
    from dateline import printing
    from dateline.control_files import read_control
    from dateline.exports.files import atomic_path
    from dateline.layers.page import draw
    from dateline.presentation import presented

    target = output or Path("outputs") / f"{_stem(sources[0])}.html"
    events = selection.apply(_read(sources, reading))
    control, colours, title = (page.pop(name) for name in ("control", "colours", "title"))
    drawn = draw(
        events,
        **page,
        **presented(events, title=title, language=reading["language"]),
        colours=colours,
        control=read_control(control) if control else None,
    )
    with atomic_path(target, overwrite=overwrite) as path:
        drawn.save(str(path))
    say(f"{printing.summary(events)} on {target}")


@main.command()
@_SOURCES
@output_option(
    "Target, by its suffix or postgresql://...?table=NAME; GeoJSON on stdout without it.",
    FILE_OR_TABLE,
)
@reading_options
@selection_options
@verbosity_options
def read(
    *,
    sources: tuple[str, ...],
    output: Path | None,
    overwrite: bool,
    selection: Selection,
    **reading: Any,
) -> None:
    """Read reports into a located events table to review."""
    events = selection.apply(_read(sources, reading))
    _export(events, output, overwrite=overwrite)


@main.command()
@click.argument("texts", nargs=-1, metavar="TEXT...")
@click.option("--input", "lines", type=click.File(encoding="utf-8"), help="One text a line.")
@click.option("--format", "layout", type=click.Choice(["text", "geojson"]), default="text")
@click.option("--country", metavar="CODE", help="Country the report speaks of (ISO alpha-2).")
@click.option("--near", type=LON_LAT, metavar="LON,LAT", help="A place the report speaks of.")
@language_option
@published_option
@online_options
@output_option("Target; stdout where not given.")
@verbosity_options
def locate(
    *,
    texts: tuple[str, ...],
    lines: Any,
    layout: str,
    output: Path | None,
    overwrite: bool,
    **context: Any,
) -> None:
    """Find where place expressions are, and how well that is known."""
    from dateline import places, printing

    if not texts and lines is None:
        raise click.UsageError("expected TEXT... or --input FILE")
    queries = [*texts, *(line.rstrip("\r\n") for line in lines or ())]
    show = printing.locations_geojson if layout == "geojson" else printing.locations
    found = show(queries, partial(places.locations, **context))
    write_text(found, output, overwrite=overwrite)


@main.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@published_option
@language_option
@local_option
@click.option("--html", is_flag=True, help="The texts with their mentions marked, to review.")
@output_option("Target; stdout where not given.")
@verbosity_options
def annotate(
    *,
    files: tuple[str, ...],
    published: str | None,
    language: str | None,
    allow_local: bool,
    html: bool,
    output: Path | None,
    overwrite: bool,
) -> None:
    """Print every mention found in articles, with offsets (JSON Lines)."""
    from dateline import pipeline, printing

    annotations = pipeline.annotate(
        files, published=published, language=language, allow_local=allow_local
    )
    shown = printing.annotation_pages if html else printing.annotation_lines
    write_text(shown(annotations), output, overwrite=overwrite)


@main.command()
@click.argument("events", metavar="EVENTS")
@output_option("Target, by its suffix, or postgresql://...?table=NAME.", FILE_OR_TABLE)
@click.option("--fields", help="Event columns to keep, comma-separated.")
@selection_options
@verbosity_options
def export(
    *,
    events: str,
    output: Path | None,
    overwrite: bool,
    fields: str | None,
    selection: Selection,
) -> None:
    """Hand events on: .geojson .geojsonl .parquet .gpkg .fgb .kml .kmz .csv .xlsx, PostGIS."""
    from dateline import pipeline

    if output is None:
        raise click.UsageError("expected -o FILE")
    table = pipeline.within_terms(selection.apply(pipeline.read(events, merge=False)))
    columns = [name.strip() for name in fields.split(",")] if fields else None
    _export(table, output, overwrite=overwrite, fields=columns)


@main.command()
@click.argument("sources", nargs=-1, required=True, metavar="EVENTS...")
@click.option("--from", "layout", metavar="LAYOUT", help="Table layout, e.g. acled.")
@verbosity_options
@click.pass_context
def check(ctx: click.Context, *, sources: tuple[str, ...], layout: str | None) -> None:
    """List every bad cell of event tables, with the remedy; exit 1 if there is any."""
    from dateline import printing
    from dateline.reports.tables import check_table

    problems = [problem for source in sources for problem in check_table(source, layout=layout)]
    click.echo(printing.problems(problems))
    ctx.exit(1 if problems else 0)


@main.command()
@click.argument("sources", nargs=-1, required=True, metavar="EVENTS...")
@output_option("Target: .png, .svg or .pdf.")
@click.option("--title", help="Headline of the picture.")
@click.option("--size", default="1200x630", show_default=True, metavar="WIDTHxHEIGHT")
@click.option("--dpi", default=144, show_default=True)
@control_option
@reading_options
@selection_options
@verbosity_options
def picture(
    *,
    sources: tuple[str, ...],
    output: Path | None,
    overwrite: bool,
    selection: Selection,
    title: str | None,
    size: str,
    dpi: int,
    control: tuple[Path, ...],
    **reading: Any,
) -> None:
    """Draw a still picture of events, for print and social cards."""
    from dateline.control_files import read_control
    from dateline.exports.files import atomic_path
    from dateline.layers.still import save_picture
    from dateline.presentation import presented

    width, _, height = size.partition("x")
    if output is None or not (width.isdecimal() and height.isdecimal()):
        raise click.UsageError("expected -o FILE, and --size as WIDTHxHEIGHT")
    events = selection.apply(_read(sources, reading))
    with atomic_path(output, overwrite=overwrite) as path:
        missing = save_picture(
            events,
            path,
            **presented(events, title=title, language=reading["language"]),
            size=(int(width), int(height)),
            dpi=dpi,
            control=read_control(control) if control else None,
        )
    say("\n".join([*missing, f"picture in {output}"]))


@main.command()
@click.argument("page", type=click.Path(path_type=Path), metavar="MAP.html")
@click.option("--url", help="Where the page stands.")
@click.option("--alt", help="What the map shows, for those who do not see it.")
@click.option("--picture", metavar="URL", help="Picture for readers without JavaScript.")
@click.option(
    "--format", "layout", type=click.Choice(["html", "oembed", "amp", "component"]), default="html"
)
@output_option("Target; stdout where not given.")
@verbosity_options
def embed(
    *, page: Path, layout: str, output: Path | None, overwrite: bool, **options: str | None
) -> None:
    """Print the code that puts a saved page into an article."""
    import json

    from dateline.exports import embed as snippets

    write = {
        "html": snippets.embed_snippet,
        "oembed": lambda *a, **k: json.dumps(
            snippets.oembed(*a, **k), ensure_ascii=False, indent=2
        ),
        "amp": snippets.amp,
        "component": snippets.component,
    }[layout]
    write_text(write(page, **options), output, overwrite=overwrite)


@main.command()
@click.argument(
    "file", type=click.Path(path_type=Path), default="dateline.toml", metavar="[dateline.toml]"
)
@verbosity_options
def build(*, file: Path) -> None:
    """Write the outputs of a theatre file; what is up to date is left alone."""
    from dateline import printing, theatre

    built = theatre.build(file)
    say(built.report())
    if built.events is not None:
        say(printing.summary(built.events))


@main.command("init")
@click.argument(
    "file", type=click.Path(path_type=Path), default="dateline.toml", metavar="[dateline.toml]"
)
@verbosity_options
def init_command(*, file: Path) -> None:
    """Write a commented theatre file to begin with."""
    from dateline import theatre

    say(f"theatre file: {theatre.init(file)}; `dateline build {file}` builds it")


@main.command()
@output_option("Target; stdout where not given.")
def schema(*, output: Path | None, overwrite: bool) -> None:
    """Print the JSON Schema of the events table."""
    import json

    from dateline.event import Event

    text = json.dumps(Event.model_json_schema(), indent=2, ensure_ascii=False)
    write_text(text, output, overwrite=overwrite)


def _read(sources: tuple[str, ...], reading: dict[str, Any]) -> gpd.GeoDataFrame:
    """Read sources with the options of `reading_options`."""
    from dateline import pipeline

    return pipeline.read(
        sources,
        published=reading["published"],
        language=reading["language"],
        allow_local=reading["allow_local"],
        layout=reading["layout"],
        columns=reading["columns"],
        merge=not reading["no_merge"],
        online=reading["online"],
    )


def _export(
    events: gpd.GeoDataFrame,
    output: Path | None,
    *,
    overwrite: bool,
    fields: list[str] | None = None,
) -> None:
    """Write events by the suffix of `output`, or as GeoJSON to stdout."""
    from dateline import printing
    from dateline.exports import vector

    if output is None or str(output) == "-":
        click.echo(vector.to_geojson(events, fields=fields))
    else:
        written = vector.export(events, output, overwrite=overwrite, fields=fields)
        say(f"{printing.summary(events)} in {written}")


def _stem(source: str) -> str:
    """Return the name that the page of a source gets."""
    return Path(source).stem if Path(source).stem not in {"", "-"} else "map"


if __name__ == "__main__":
    main()
