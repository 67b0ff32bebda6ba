"""The figure that a map page renders to: one HTML document that holds all it needs and asks nobody.

It is ASCII throughout: whatever encoding a server or an article around it claims, letters come out right and
the scripts keep the hashes by which the policy knows them.

folium's figure links Leaflet, jQuery, Bootstrap and icon fonts from content delivery networks. Ours inlines
Leaflet from the installed package and refuses whatever else a user's own layers would fetch, unless allowed.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from branca.element import CssLink, Figure, JavascriptLink
from jinja2 import Environment
from markupsafe import Markup
from xstatic.pkg import leaflet

from dateline.errors import ConfigError

__all__ = ["Page", "PageFigure"]

STYLES = ("page.css", "panel.css", "card.css", "print.css")
SCRIPTS = (
    "bytes.js",
    "inflate.js",
    "geometry.js",
    "canvas.js",
    "store.js",
    "search.js",
    "filters.js",
    "marks.js",
    "groups.js",
    "circles.js",
    "density.js",
    "areas.js",
    "points.js",
    "basemap.js",
    "labels.js",
    "captions.js",
    "control.js",
    "dom.js",
    "words.js",
    "card.js",
    "facets.js",
    "list.js",
    "ticks.js",
    "timeline.js",
    "about.js",
    "layers.js",
    "key.js",
    "tools.js",
    "panel.js",
    "hash.js",
    "download.js",
    "embed.js",
    "print.js",
    "app.js",
    "api.js",
)
_ORIGIN = re.compile(r"https?://[^/]+", re.IGNORECASE)


@dataclass(frozen=True)
class Page:
    """What the document says around the map.

    Attributes
    ----------
    title, description, byline, as_of, language, direction, url
        Texts of the head; `url` and `byline` may be empty.
    words
        Interface strings.
    fallback
        What readers without JavaScript get.
    cards
        Names and contents of the social cards' tags.
    logo
        A `data:` address, or empty.
    """

    title: str
    description: str
    language: str
    direction: str
    words: dict[str, str]
    as_of: Markup
    byline: str = ""
    url: str = ""
    fallback: Markup = field(default_factory=Markup)
    cards: list[tuple[str, str]] = field(default_factory=list)
    logo: str = ""


class PageFigure(Figure):
    """A figure that renders to one self-contained document.

    Parameters
    ----------
    page
        What the document says around the map.
    allow_remote
        Whether layers of the user's own may ask third parties.
    """

    def __init__(self, page: Page, *, allow_remote: bool = False) -> None:
        super().__init__()
        self.page = page
        self.allow_remote = allow_remote
        self.header._children.clear()  # noqa: SLF001 (the head is written by our own template)

    def render(self, **kwargs: Any) -> str:
        """Return the document.

        Raises
        ------
        ConfigError
            If a layer asks a third party and `allow_remote` was not given.
        """
        hosts = self.hosts()
        if hosts and not self.allow_remote:
            message = f"layers of this map would ask {', '.join(hosts)}: expected none; pass allow_remote=True to let readers' browsers ask third parties"
            raise ConfigError(message)
        _name_elements(self)
        for child in self._children.values():
            child.render(**kwargs)
        links = [child for child in self.header._children.values() if _is_foreign(child)]  # noqa: SLF001
        bodies = "".join(link.render(**kwargs) for link in links) + self.html.render(**kwargs)
        author = _author_script() if self.own_layers() else ""
        scripts = [_leaflet_script(), _own_script(author + self.script.render(**kwargs))]
        scripts = [_ascii_script(script) for script in scripts]
        sheets = [_leaflet_style(), *(_asset(name) for name in STYLES)]
        # what is marked safe below is our own or Leaflet's, and the layers' own markup
        document = str(
            _template().render(
                page=self.page,
                policy=_policy(scripts, sheets, hosts, self.own_layers()),
                sheets=[Markup(sheet) for sheet in sheets],  # noqa: S704
                scripts=[Markup(script) for script in scripts],  # noqa: S704
                bodies=Markup(bodies),  # noqa: S704
            )
        )
        return document.encode("ascii", "xmlcharrefreplace").decode()

    def own_layers(self) -> list[Any]:
        """Return the layers that the map's author added to ours."""
        maps = [child for child in self._children.values() if hasattr(child, "options")]
        children = [child for one in maps for child in one._children.values()]  # noqa: SLF001
        return [child for child in children if not type(child).__module__.startswith("dateline.")]

    def overlays(self) -> list[dict[str, Any]]:
        """Return variable, title and visibility of the author's layers that readers may switch."""
        return [
            {"name": layer.get_name(), "title": layer.layer_name, "shown": layer.show}
            for layer in self.own_layers()
            if getattr(layer, "control", False) and hasattr(layer, "layer_name")
        ]

    def hosts(self) -> list[str]:
        """Return the origins that the author's layers would make readers' browsers ask."""
        waiting, addresses = self.own_layers(), []
        while waiting:
            layer = waiting.pop()
            waiting.extend(layer._children.values())  # noqa: SLF001
            addresses += [url for _, url in getattr(layer, "default_js", [])]
            addresses += [url for _, url in getattr(layer, "default_css", [])]
            addresses += [getattr(layer, "tiles", None), getattr(layer, "url", None)]
        found = (_ORIGIN.match(text) for text in addresses if isinstance(text, str))
        return sorted({match[0].replace("{s}", "*") for match in found if match})


def _is_foreign(child: Any) -> bool:
    """Tell whether a child of the head is what an author's layer put there."""
    return not (isinstance(child, (JavascriptLink, CssLink)) and "leaflet@" in child.url)


def _name_elements(figure: Figure) -> None:
    """Give all elements names that are the same in every run."""
    waiting: list[Any] = [figure]
    number = 0
    while waiting:
        element = waiting.pop(0)
        element._id = f"{number:x}"  # noqa: SLF001 (branca draws it at random)
        number += 1
        waiting.extend(element._children.values())  # noqa: SLF001


@cache
def _asset(name: str) -> str:
    """Return one of our style sheets or scripts."""
    text = (resources.files("dateline.layers") / "assets" / name).read_text("utf-8")
    return _lines(text)


def _lines(text: str) -> str:
    """Return `text` with the line ends that a browser makes of all others before it hashes an element."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


@cache
def _template() -> Any:
    """Return the document's template; whatever is not marked safe is escaped."""
    return Environment(autoescape=True).from_string(_asset("page.html"))


@cache
def _leaflet_file(name: str) -> bytes:
    """Return one of Leaflet's own files."""
    return (Path(leaflet.BASE_DIR) / name).read_bytes()


def _picture_address(name: str) -> str:
    """Return one of Leaflet's pictures as an address that holds it."""
    return f"data:image/png;base64,{base64.b64encode(_leaflet_file(name)).decode()}"


@cache
def _leaflet_script() -> str:
    """Return Leaflet's script, without the pointer to its source map."""
    text = _lines(_leaflet_file("leaflet.js").decode())
    return re.sub(r"//# sourceMappingURL.*", "", text).strip()


@cache
def _leaflet_style() -> str:
    """Return Leaflet's style sheet with its pictures inside."""

    def picture(match: re.Match[str]) -> str:
        return f"url({_picture_address(match[1])})"

    text = _lines(_leaflet_file("leaflet.css").decode())
    text = re.sub(r"url\(#[^)]*\)", "none", text)  # the rule for Internet Explorer's VML
    return re.sub(r"url\((images/[\w-]+\.png)\)", picture, text)


def _own_script(page_script: str) -> str:
    """Return our scripts and the page's own, in a scope of their own."""
    parts = "\n".join(_asset(name) for name in SCRIPTS)
    return f'(() => {{\n"use strict";\n{parts}\nwindow.startPage = startPage;\nwindow.startBasemap = startBasemap;\nwindow.startControl = startControl;\n}})();\n{page_script}'


@cache
def _author_script() -> str:
    """Return what folium's own layers need, with Leaflet's pins inside."""
    names = {
        "iconUrl": "marker-icon.png",
        "iconRetinaUrl": "marker-icon-2x.png",
        "shadowUrl": "marker-shadow.png",
    }
    pins = {key: _picture_address(f"images/{name}") for key, name in names.items()}
    return f"(() => {{\n{_asset('author.js')}\nbringPins({json.dumps(pins)});\n}})();\n"


def _ascii_script(script: str) -> str:
    """Return a script with its letters beyond ASCII as escapes, which strings, patterns and names may hold."""
    return re.sub(r"[^\x00-\x7f]", _escaped, script)


def _escaped(match: re.Match[str]) -> str:
    """Return a letter as JavaScript's escapes of its UTF-16 units."""
    units = match[0].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


def _policy(scripts: list[str], sheets: list[str], hosts: list[str], layers: list[Any]) -> str:
    """Return the Content-Security-Policy: nothing runs and nothing is fetched but what is inside.

    Layers of the author's own bring style attributes along, which have no hashes.
    """
    script = " ".join(_hash(text) for text in scripts)
    style = "'unsafe-inline'" if layers else " ".join(_hash(text) for text in sheets)
    more = "".join(f" {host}" for host in hosts)
    return (
        f"default-src 'none'; script-src {script}{more}; style-src {style}{more}; "
        f"img-src data: blob:{more}; font-src data:{more}; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    """Return the hash of an inline element, as a policy names it."""
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"
