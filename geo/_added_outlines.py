"""Files of outlines with a name column: geoBoundaries, or any vector file of polygons or lines."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.errors import CellError, InputError, SourceError
from dateline.geo._added_facts import Fact, Layout, pick_column, rules, with_bare_names
from dateline.geo._zips import checked_names, open_member

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

    from dateline.geo.place import PlaceKind

__all__ = ["SUFFIXES", "is_geoboundaries", "read_outlines"]

# What a file of each kind begins with. GDAL recognises files by content, and some of its formats read
# other files or addresses: only these are handed to it.
_BEGINNINGS = {
    ".geojson": (b"{",),
    ".json": (b"{",),
    ".topojson": (b"{",),
    ".gpkg": (b"SQLite format 3\0",),
    ".fgb": (b"fgb\3fgb",),
    ".shp": (b"\0\0\x27\x0a",),
    ".kml": (b"<?xml", b"<kml"),
}
SUFFIXES = frozenset(_BEGINNINGS)
_FURTHER_NAME = re.compile(r"(?:alt_?)?(?:name|adm\d)[:_][a-z]{2,3}", re.IGNORECASE)
_BOM = b"\xef\xbb\xbf"
_SEEN_BYTES = 64
_ALPHA_2 = re.compile(r"[A-Z]{2}")


def is_geoboundaries(path: Path) -> bool:
    """Tell whether a file calls itself one of geoBoundaries'."""
    return path.name.lower().startswith("geoboundaries")


def read_outlines(path: Path, layout: Layout, prefix: str) -> Iterator[Fact | CellError]:
    """Yield the places of a vector file with their outlines, and what is wrong with rows in between.

    Parameters
    ----------
    path
        GeoJSON, TopoJSON, GeoPackage, FlatGeobuf, KML or a shapefile, the latter also in a zip.
    layout
        Which column holds the name; kind and country where the file does not say.
    prefix
        Start of the places' identifiers.

    Raises
    ------
    InputError
        If there is no name column or the outlines are not on the globe.
    SourceError
        If the file cannot be read.
    """
    table = _table(path)
    titles = [str(title) for title in table.columns if title != table.geometry.name]
    name = pick_column(titles, "name", layout.name)
    if name is None:
        raise InputError(f"a column of names in {path.name}", titles, "say which column it is")
    reader = _Reader(
        file=path.name,
        names=(name, *(t for t in titles if t != name and _FURTHER_NAME.fullmatch(t))),
        columns={what: pick_column(titles, what) for what in ("id", "level", "country")},
        layout=layout,
        prefix=prefix,
    )
    records = table.drop(columns=table.geometry.name).astype(object).to_dict("records")
    for row, (record, outline) in enumerate(zip(records, table.geometry, strict=True), start=1):
        try:
            yield reader.fact(row, record, outline)
        except CellError as error:
            yield error


def _table(path: Path) -> gpd.GeoDataFrame:
    """Return the features of a file in EPSG:4326."""
    import pyogrio

    source = _source(path)
    broken = (
        pyogrio.errors.DataSourceError,
        pyogrio.errors.DataLayerError,
        pyogrio.errors.FieldError,
        pyogrio.errors.GeometryError,
        IndexError,
        ValueError,
    )
    try:
        with warnings.catch_warnings():
            # what GDAL warns of is checked row by row below
            warnings.simplefilter("ignore", RuntimeWarning)
            table = pyogrio.read_dataframe(source, datetime_as_string=True, on_invalid="ignore")
    except broken as error:
        raise SourceError(f"outlines in {path.name}", str(error), "is the file whole?") from error
    if "geometry" not in table:
        raise SourceError(f"outlines in {path.name}", "a table without geometry", "add it as CSV")
    if table.crs is not None:
        return table.to_crs("EPSG:4326")
    if not _on_globe(table.total_bounds):
        raise InputError(
            f"outlines in degrees, or a stated coordinate system, in {path.name}",
            [float(side) for side in table.total_bounds],
            "add its .prj, or convert it to EPSG:4326",
        )
    return table.set_crs("EPSG:4326")


def _source(path: Path) -> str:
    """Return what to hand to GDAL: a file whose beginning is that of its kind, if need be in a zip."""
    if path.suffix.lower() == ".zip":
        names = [n for n in checked_names(path) if Path(n).suffix.lower() in SUFFIXES]
        if len(names) != 1:
            raise SourceError(
                f"one file of outlines in {path.name}", names, "unpack it, name the file"
            )
        with open_member(path, names[0]) as file:
            head = file.read(_SEEN_BYTES)
        _check_beginning(names[0], head)
        return f"/vsizip/{{{path.resolve()}}}/{names[0]}"
    with path.open("rb") as file:
        _check_beginning(path.name, file.read(_SEEN_BYTES))
    return str(path.resolve())


def _check_beginning(name: str, head: bytes) -> None:
    """Refuse a file that is not what its name says."""
    suffix = Path(name).suffix.lower()
    wanted = _BEGINNINGS.get(suffix)
    if wanted is None:
        raise SourceError(f"a file ending in {', '.join(sorted(SUFFIXES))}", name, "convert it")
    if not head.removeprefix(_BOM).lstrip().startswith(wanted) and not head.startswith(wanted):
        raise SourceError(
            f"a {suffix} file", f"{name} beginning with {head[:16]!r}", "is it whole?"
        )


@dataclass(frozen=True, slots=True)
class _Reader:
    """How to read the features of one file: `names` are the columns of names, the main one first."""

    file: str
    names: tuple[str, ...]
    columns: dict[str, str | None]
    layout: Layout
    prefix: str

    def fact(self, row: int, record: dict[Any, Any], outline: BaseGeometry | None) -> Fact:
        """Return the place of one feature."""
        from dateline.geo.geometry import representative

        names = tuple(dict.fromkeys(n for title in self.names if (n := _text(record[title]))))
        if not _text(record[self.names[0]]):
            raise CellError(self.file, row, self.names[0], None, expected="a name")
        area = self._area(row, outline)
        given = {what: _text(record[t]) if t else "" for what, t in self.columns.items()}
        country = given["country"].upper()
        lon, lat = representative(area)
        return Fact(
            row=row,
            id=f"{self.prefix}:{given['id'] or row}",
            names=with_bare_names(names),
            kind=_kind(given["level"], self.layout.kind, area),
            lon=lon,
            lat=lat,
            country=self.layout.country or (country if _ALPHA_2.fullmatch(country) else None),
            outline=None if area.geom_type == "Point" else area,
        )

    def _area(self, row: int, outline: BaseGeometry | None) -> BaseGeometry:
        """Return an outline that is valid and lies on the globe."""
        import shapely

        if outline is None or outline.is_empty:
            raise CellError(self.file, row, "geometry", None, expected="an outline")
        if not _on_globe(outline.bounds):
            expected = "an outline in degrees of longitude and latitude"
            raise CellError(self.file, row, "geometry", outline.bounds, expected=expected)
        return shapely.make_valid(shapely.force_2d(outline))


def _on_globe(bounds: Iterable[float]) -> bool:
    """Tell whether a box lies within what degrees can be."""
    west, south, east, north = bounds
    return bool(west >= -180 and south >= -90 and east <= 180 and north <= 90)  # noqa: PLR2004


def _text(value: object) -> str:
    """Return a cell as text; missing cells of any kind are empty."""
    missing = value is None or value != value  # noqa: PLR0124 (NaN)
    return "" if missing else str(value).strip()


def _kind(level: str, wanted: PlaceKind | None, outline: BaseGeometry) -> PlaceKind:
    """Return the kind: the one asked for, that of geoBoundaries' level, else what the shape suggests."""
    if wanted is not None:
        return wanted
    kinds: dict[str, PlaceKind] = rules()["levels"]
    if level.upper() in kinds:
        return kinds[level.upper()]
    if outline.geom_type == "Point":
        return "settlement"
    return "water" if "Line" in outline.geom_type else "district"
