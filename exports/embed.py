"""Code that puts a saved page into an article: an iframe, oEmbed, AMP, a web component."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.errors import InputError, SourceError

if TYPE_CHECKING:
    import os

__all__ = ["PageFacts", "amp", "component", "demo_page", "embed_snippet", "oembed", "page_facts"]

SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads"
"""What a page may do: no access to the article around it, but links to sources and downloads work."""

_STYLE = "display:block;width:100%;min-height:420px;aspect-ratio:{ratio};border:0"
_RATIO = re.compile(r"\d{1,4} ?/ ?\d{1,4}")
_HEAD_BYTES = 400_000  # what stands before the scripts of a page, its styles included
_WIDTH, _HEIGHT = 1200, 750
_PICTURE_SIZE = (1200, 630)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a saved page says of itself.

    Attributes
    ----------
    title, language, description
        Texts; empty where the page has none.
    url
        Where the page will stand; its file name where it does not say.
    """

    title: str
    language: str
    description: str
    url: str


def page_facts(page: str | os.PathLike[str]) -> PageFacts:
    """Return what a saved page says of itself.

    Raises
    ------
    SourceError
        If it cannot be read or was not made by Dateline.
    """
    path = Path(page)
    try:
        with path.open("rb") as file:
            text = file.read(_HEAD_BYTES).decode("utf-8", "replace")
    except OSError as error:
        raise SourceError("a saved page", str(path), error.strerror or "") from error
    head = _Head()
    head.feed(text)
    if head.metas.get("generator") != "Dateline":
        raise SourceError("a page that `dateline map` saved", str(path), "name its .html file")
    return PageFacts(
        title=head.title.strip(),
        language=head.language,
        description=head.metas.get("description", ""),
        url=head.canonical or path.name,
    )


def embed_snippet(
    page: str | os.PathLike[str],
    *,
    url: str | None = None,
    alt: str | None = None,
    picture: str | None = None,
    ratio: str = "16 / 10",
) -> str:
    """Return HTML to paste into an article: a responsive, sandboxed frame that fits itself to the page.

    Parameters
    ----------
    page
        The saved page.
    url
        Where it stands; by default what the page says, else its file name.
    alt
        What the map shows, for those who do not see it; by default the page's description.
    picture
        Address of a picture that readers without JavaScript get.
    ratio
        Width / height until the page has told its height, and where the CMS strips the script.

    Returns
    -------
    str
        A figure with frame, fallback and a script. The frame works without the script; several
        snippets on one page share one.

    Raises
    ------
    InputError
        If an address or the ratio cannot be used.
    """
    facts = page_facts(page)
    address = _address(url or facts.url)
    shown = escape(alt or facts.description or facts.title, quote=True)
    return (
        f'<figure style="margin:0" lang="{escape(facts.language)}">\n'
        f"{_frame(address, facts, ratio)}\n"
        f"{_fallback(address, shown, picture)}"
        f"<script>{_asset('resize.js').strip()}</script>\n</figure>\n"
    )


def oembed(
    page: str | os.PathLike[str],
    *,
    url: str | None = None,
    alt: str | None = None,
    picture: str | None = None,
    provider: str | None = None,
) -> dict[str, Any]:
    """Return the oEmbed 1.0 answer for a page, ready for JSON; parameters as for `embed_snippet`.

    Raises
    ------
    InputError
        If an address cannot be used.
    """
    facts = page_facts(page)
    answer: dict[str, Any] = {
        "version": "1.0",
        "type": "rich",
        "title": facts.title,
        "html": embed_snippet(page, url=url, alt=alt, picture=picture),
        "width": _WIDTH,
        "height": _HEIGHT,
    }
    if provider:
        answer["provider_name"] = provider
    if picture:
        width, height = _PICTURE_SIZE
        answer |= {
            "thumbnail_url": _address(picture),
            "thumbnail_width": width,
            "thumbnail_height": height,
        }
    return answer


def amp(
    page: str | os.PathLike[str],
    *,
    url: str | None = None,
    alt: str | None = None,
    picture: str | None = None,
) -> str:
    """Return an `amp-iframe` for AMP articles, which run no scripts of their own; see `embed_snippet`.

    Raises
    ------
    InputError
        If an address cannot be used; AMP asks for https.
    """
    facts = page_facts(page)
    address = _address(url or facts.url)
    if not address.startswith("https://"):
        raise InputError("an https address for AMP", address, "pass url=")
    shown = escape(alt or facts.description or facts.title, quote=True)
    source = escape(_address(picture), quote=True) if picture else ""
    still = (
        f'<amp-img placeholder layout="fill" src="{source}" alt="{shown}"></amp-img>'
        if source
        else ""
    )
    return (
        f'<amp-iframe width="{_WIDTH}" height="{_HEIGHT}" layout="responsive" sandbox="{SANDBOX}" '
        f'frameborder="0" allowfullscreen title="{escape(facts.title, quote=True)}" '
        f'src="{escape(address, quote=True)}">{still}</amp-iframe>\n'
    )


def component(
    page: str | os.PathLike[str],
    *,
    url: str | None = None,
    alt: str | None = None,
    picture: str | None = None,
    ratio: str = "16 / 10",
) -> str:
    """Return a `dateline-map` element with the script that defines it; see `embed_snippet`."""
    facts = page_facts(page)
    address = _address(url or facts.url)
    shown = escape(alt or facts.description or facts.title, quote=True)
    script = _asset("component.js").replace("SANDBOX", SANDBOX).replace("STYLE", _style(ratio))
    return (
        f'<dateline-map src="{escape(address, quote=True)}" title="{escape(facts.title, quote=True)}">\n'
        f"{_fallback(address, shown, picture)}</dateline-map>\n"
        f"<script>{script.strip()}\n{_asset('resize.js').strip()}</script>\n"
    )


def demo_page(snippets: list[str], *, title: str, language: str = "en") -> str:
    """Return a plain article with the snippets in it, to look at before publishing."""
    body = "\n".join(f"<p>Text of the article.</p>\n{snippet}" for snippet in snippets)
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n"
        "<style>body{max-width:44rem;margin:2rem auto;padding:0 1rem;"
        "font:1.1rem/1.6 Georgia,serif}</style>\n"
        f"</head>\n<body>\n<h1>{escape(title)}</h1>\n{body}\n<p>Text of the article.</p>\n</body>\n</html>\n"
    )


def _frame(address: str, facts: PageFacts, ratio: str) -> str:
    """Return the iframe."""
    return (
        f'<iframe data-dateline src="{escape(address, quote=True)}" '
        f'title="{escape(facts.title, quote=True)}" loading="lazy" sandbox="{SANDBOX}" '
        f'allow="fullscreen; clipboard-write" referrerpolicy="no-referrer" style="{_style(ratio)}"></iframe>'
    )


def _fallback(address: str, alt: str, picture: str | None) -> str:
    """Return what readers without JavaScript get: the picture if there is one, and a link."""
    inner = alt
    if picture:
        source = escape(_address(picture), quote=True)
        width, height = _PICTURE_SIZE
        inner = f'<img src="{source}" alt="{alt}" width="{width}" height="{height}" style="max-width:100%;height:auto">'
    return f'<noscript><a href="{escape(address, quote=True)}">{inner}</a></noscript>\n'


def _style(ratio: str) -> str:
    """Return the frame's style; raise where the ratio is none."""
    if not _RATIO.fullmatch(ratio):
        raise InputError("a ratio such as '16 / 10'", ratio)
    return _STYLE.format(ratio=ratio)


def _address(url: str) -> str:
    """Return a web address or relative path; refuse what would run as a script."""
    if _SCHEME.match(url) and not url.lower().startswith(("https://", "http://")):
        raise InputError("an address that begins with https://, or a relative path", url)
    return url


def _asset(name: str) -> str:
    """Return a script of ours."""
    return (resources.files("dateline.exports") / name).read_text("utf-8")


class _Head(HTMLParser):
    """Collects title, language, metas and the canonical address of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.title = self.language = self.canonical = ""
        self.metas: dict[str, str] = {}
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element says."""
        values = {name: value or "" for name, value in attrs}
        self._in_title = tag == "title" and not self.title
        if tag == "html":
            self.language = values.get("lang", "")
        elif tag == "meta":
            self.metas.setdefault(
                values.get("name") or values.get("property", ""), values.get("content", "")
            )
        elif tag == "link" and values.get("rel") == "canonical":
            self.canonical = values.get("href", "")

    def handle_endtag(self, tag: str) -> None:
        """End the title."""
        self._in_title = self._in_title and tag != "title"

    def handle_data(self, data: str) -> None:
        """Collect the title."""
        if self._in_title:
            self.title += data
