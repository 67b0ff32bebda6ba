"""The text of a report with its mentions marked, as a page for an editor's review."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["marked_page"]

_KINDS = ("places", "dates", "units", "casualties", "actors")
_ALSO_SHOWN = ("kind", "role", "from", "to", "name", "side", "min", "max", "who", "claimed_by")
_STYLE = """
body { font: 1.05rem/1.7 Georgia, "Noto Serif", serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem;
  background: #fff; color: #1a1a1a; white-space: pre-wrap; overflow-wrap: anywhere }
h1, ul { font-family: system-ui, sans-serif; white-space: normal } h1 { font-size: 1rem; font-weight: 600 }
ul { display: flex; flex-wrap: wrap; gap: .4rem 1rem; list-style: none; padding: 0; font-size: .85rem }
mark { color: inherit; background: var(--tint); border-bottom: 2px solid var(--line); border-radius: 2px }
mark.event { font-weight: 600 }
.places { --tint: #dcebfa; --line: #1f6fb4 } .dates { --tint: #efe6f8; --line: #7a4fa3 }
.units { --tint: #e1f2e4; --line: #2f7d46 } .casualties { --tint: #fbe3df; --line: #b2402f }
.actors { --tint: #f6efd2; --line: #8a6d10 }
@media (prefers-color-scheme: dark) { body { background: #16181b; color: #e8e6e3 }
.places { --tint: #17334d } .dates { --tint: #35264a } .units { --tint: #1b3a24 }
.casualties { --tint: #4a211b } .actors { --tint: #3d340f } }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def marked_page(annotation: dict[str, Any], text: str) -> str:
    """Return a page that shows `text` with its mentions marked; it runs nothing and asks nobody.

    Parameters
    ----------
    annotation
        One JSON object of `dateline annotate`.
    text
        The text its offsets count in.

    Returns
    -------
    str
        HTML. Where mentions overlap, the inner one is marked inside the outer one.
    """
    title = escape(str(annotation.get("file") or "report"))
    language = escape(str(annotation.get("lang") or ""))
    legend = "".join(f'<li><mark class="{kind}">{kind}</mark></li>' for kind in _KINDS)
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style></head>\n"
        f'<body dir="auto"><h1>{title}</h1><ul>{legend}</ul>{_marked(annotation, text)}</body></html>\n'
    )


def _marked(annotation: dict[str, Any], text: str) -> str:
    """Return the text, escaped, with a mark about each mention."""
    spans = sorted(_spans(annotation), key=lambda span: (span[0], -span[1]))
    parts: list[str] = []
    _write(text, 0, len(text), list(spans), parts)
    return "".join(parts)


def _spans(annotation: dict[str, Any]) -> Iterator[tuple[int, int, str, dict[str, Any]]]:
    """Yield start, end, kind and members of each mention."""
    for kind in _KINDS:
        for mention in annotation.get(kind, ()):
            yield mention["start"], mention["end"], kind, mention


def _write(
    text: str,
    start: int,
    end: int,
    spans: list[tuple[int, int, str, dict[str, Any]]],
    parts: list[str],
) -> None:
    """Append `text` between two offsets; spans that cross its end are left for the outer level."""
    at = start
    while spans and spans[0][0] < end:
        first, last, kind, mention = spans.pop(0)
        if first < at or last > end:
            continue  # crosses another mark: marks nest or stand apart
        parts.append(escape(text[at:first]))
        event = " event" if mention.get("is_event_location") else ""
        parts.append(f'<mark class="{kind}{event}" title="{escape(_words(kind, mention))}">')
        _write(text, first, last, spans, parts)
        parts.append("</mark>")
        at = last
    parts.append(escape(text[at:end]))


def _words(kind: str, mention: dict[str, Any]) -> str:
    """Return what is shown when a reader points at a mark."""
    values: Iterable[str] = (
        f"{name} {mention[name]}" for name in _ALSO_SHOWN if mention.get(name) is not None
    )
    return f"{kind}: {', '.join(values)}"
