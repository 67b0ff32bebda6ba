"""Letters of a still picture: which font has them, and where labels find room."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from matplotlib import font_manager
from matplotlib.ft2font import FT2Font

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matplotlib.axes import Axes
    from matplotlib.text import Text

__all__ = ["Labels", "families_for"]

_FIRST = ("Noto Sans", "DejaVu Sans")
"""What letters are set in if it has them; the second comes with matplotlib."""

_PREFERRED = (
    "Noto Sans",
    "Noto Kufi",
    "Noto Naskh",
    "Source Han Sans",
    "Arial Unicode",
    "Segoe UI",
)
_GAP = 3.0
"""Pixels of a 100-dpi picture that stay free around a label."""

_SIDEWAYS: dict[int, Literal["left", "center", "right"]] = {1: "left", 0: "center", -1: "right"}
_UPWARDS: dict[int, Literal["bottom", "center", "top"]] = {1: "bottom", 0: "center", -1: "top"}
_PLACES = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1))
"""Where a label is tried around its point, in turn: right, left, above, below, then the corners."""


def families_for(texts: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the font families that have the characters of `texts`, and what none of them has.

    Returns
    -------
    tuple
        Families in the order in which matplotlib should try them; and for scripts that no installed
        font has, a sentence each that says which font to install.
    """
    needed = {
        letter for text in texts for letter in text if not letter.isspace() and _is_shown(letter)
    }
    files = _files()
    families = []
    for family in [name for name in _FIRST if name in files]:
        families.append(family)
        needed -= _letters(files[family])
    for family in sorted(
        files, key=lambda name: (not name.startswith(_PREFERRED), "Serif" in name, name)
    ):
        if not needed:
            break
        found = needed & _letters(files[family])
        if found:
            families.append(family)
            needed -= found
    return families, _missing(needed)


def _is_shown(letter: str) -> bool:
    """Tell whether a character has a glyph: control and format characters have none."""
    return unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Cn"}


def _files() -> dict[str, str]:
    """Return the file of the regular style of each installed family."""
    fonts = [font for font in font_manager.fontManager.ttflist if font.style == "normal"]
    ranked = sorted(
        fonts,
        key=lambda font: (
            font.name,
            abs(int(font.weight) - 400) if str(font.weight).isdigit() else 0,
        ),
    )
    files: dict[str, str] = {}
    for font in ranked:
        files.setdefault(font.name, font.fname)
    return {
        name: file
        for name, file in files.items()
        if "Emoji" not in name and "LastResort" not in name
    }


def _letters(file: str) -> set[str]:
    """Return the characters that a font has; none if it cannot be opened."""
    try:
        return {chr(code) for code in FT2Font(file).get_charmap()}
    except (OSError, RuntimeError):
        return set()


def _missing(letters: set[str]) -> list[str]:
    """Return a sentence for each script of `letters`, which no font has."""
    scripts: dict[str, list[str]] = {}
    for letter in sorted(letters):
        scripts.setdefault(
            unicodedata.name(letter, "UNKNOWN").split(" ")[0].capitalize(), []
        ).append(letter)
    return [
        f"no installed font has {''.join(found[:5])} ({script}); install a font for it, such as Noto Sans"
        for script, found in scripts.items()
    ]


@dataclass(slots=True)
class Labels:
    """Labels on a map that do not overlap: each finds room around its point, or is left out.

    Attributes
    ----------
    axes
        The map.
    taken
        Boxes in pixels that are taken: left, bottom, right, top.
    left_out
        Labels that found no room.
    """

    axes: Axes
    taken: list[tuple[float, float, float, float]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def reserve(self, artist: Any) -> None:
        """Keep labels off an artist."""
        box = artist.get_window_extent(self._renderer())
        self.taken.append((box.x0, box.y0, box.x1, box.y1))

    def reserve_point(self, x: float, y: float, radius: float) -> None:
        """Keep labels off a mark at a point in the axes' data, `radius` in points."""
        pixels = radius * self._scale() * 100 / 72
        px, py = self.axes.transData.transform((x, y))
        self.taken.append((px - pixels, py - pixels, px + pixels, py + pixels))

    def put(
        self, x: float, y: float, text: str, *, offset: float, middle: bool = False, **style: Any
    ) -> Text | None:
        """Set a label beside a point, or if there is room right on it (`middle`); return null where there is no room.

        Parameters
        ----------
        x, y
            The point in the axes' data.
        text
            What to write; set as it is, never as a formula.
        offset
            Distance from the point in points.
        middle
            Whether the label may stand on the point.
        style
            Properties of matplotlib's text.
        """
        label = self.axes.annotate(
            text,
            (x, y),
            (0, 0),
            textcoords="offset points",
            annotation_clip=True,
            parse_math=False,
            **style,
        )
        for right, up in ((0, 0), *_PLACES) if middle else _PLACES:
            reach = offset if not (right and up) else offset * 0.75
            label.set_position((right * reach, up * reach))
            label.set_horizontalalignment(_SIDEWAYS[right])
            label.set_verticalalignment(_UPWARDS[up])
            box = self._box(label)
            if self._free(box):
                self.taken.append(box)
                return label
        label.remove()
        self.left_out.append(text)
        return None

    def _box(self, label: Text) -> tuple[float, float, float, float]:
        """Return the pixels a label covers, with the gap around it."""
        box = label.get_window_extent(self._renderer())
        gap = _GAP * self._scale()
        return (box.x0 - gap, box.y0 - gap, box.x1 + gap, box.y1 + gap)

    def _free(self, box: tuple[float, float, float, float]) -> bool:
        """Tell whether a box lies in the map and on nothing else."""
        frame = self.axes.get_window_extent(self._renderer())
        inside = (
            box[0] >= frame.x0 and box[1] >= frame.y0 and box[2] <= frame.x1 and box[3] <= frame.y1
        )
        return inside and not any(
            box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
            for other in self.taken
        )

    def _renderer(self) -> Any:
        """Return what measures texts."""
        return self.axes.figure.canvas.get_renderer()  # type: ignore[attr-defined]

    def _scale(self) -> float:
        """Return pixels of the picture for one of a 100-dpi picture."""
        return float(self.axes.figure.dpi) / 100
