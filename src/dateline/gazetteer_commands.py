"""`dateline gazetteer`: the places that are known, and those that a user adds."""

from __future__ import annotations

from typing import Any

import click

from dateline.console import say
from dateline.options import language_option, verbosity_options

__all__ = ["gazetteer"]


@click.group()
def gazetteer() -> None:
    """Search the places that Dateline knows, and add to them."""


@gazetteer.command("search")
@click.argument("name")
@click.option("--limit", default=20, show_default=True)
@language_option
@verbosity_options
def gazetteer_search(*, name: str, limit: int, language: str | None) -> None:
    """List the places that a name can mean."""
    from dateline import pipeline, printing

    places = pipeline.geocoder().gazetteer.find(name, language)
    click.echo(printing.places(places[:limit]))


@gazetteer.command("add")
@click.argument("source", metavar="FILE|URL")
@click.option("--name", help="What to call the set; the file's name where not given.")
@click.option("--credit", help="Who made it.")
@click.option("--licence", help="What it may be used for.")
@click.option("--country", metavar="CODE", help="Country that all its places are in (ISO alpha-2).")
@click.option("--name-column", metavar="COLUMN", help="Column of the name.")
@click.option("--lat-column", metavar="COLUMN", help="Column of the latitude.")
@click.option("--lon-column", metavar="COLUMN", help="Column of the longitude.")
@click.option("--alternate-names", metavar="FILE|URL", help="GeoNames' alternateNamesV2.")
@click.option("--skip-bad-rows", is_flag=True, help="Leave bad rows out, and say so.")
@verbosity_options
def gazetteer_add(
    *, source: str, name: str | None, credit: str | None, licence: str | None, **layout: Any
) -> None:
    """Add a GeoNames country dump, a file of outlines, or a table of names and coordinates."""
    from dateline import pipeline
    from dateline.geo.added import Added, Layout

    columns = {key: layout.pop(f"{key}_column") for key in ("name", "lat", "lon")}
    added = (
        Added(gazetteer=pipeline.geocoder().gazetteer)
        .add(
            source,
            name=name,
            layout=Layout(**columns, **layout),
            credit=credit,
            licence=licence,
            progress=pipeline.log_progress,
        )
        .added
    )
    say(f"added {added.name}: {added.places:,} places, {added.refused:,} rows left out")


@gazetteer.command("list")
@verbosity_options
def gazetteer_list() -> None:
    """List the sets of places that were added."""
    from dateline import printing
    from dateline.geo.added import Added

    click.echo(printing.added_sets(Added().sets()))


@gazetteer.command("remove")
@click.argument("name")
@verbosity_options
def gazetteer_remove(*, name: str) -> None:
    """Remove a set of places that was added."""
    from dateline.geo.added import Added

    say(f"removed {Added().remove(name).name}")
