"""Texts of reports with their mentions marked, as a page for an editor's review; it needs no script."""

from __future__ import annotations

import re
from functools import cache
from html import escape
from importlib import resources
from typing import TYPE_CHECKING, Any

from dateline.reports.noted import note

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["marked_page", "marked_pages"]

_KINDS = ("places", "dates", "units", "casualties", "actors")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_SIGNS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Controls, direction overrides and halves of characters: shown by their number, not obeyed."""

_Span = tuple[int, int, str, dict[str, Any], int]


def marked_page(annotation: dict[str, Any], text: str) -> str:
    """Return a page that shows `text` with its mentions marked; see `marked_pages`."""
    return marked_pages([(annotation, text)])


def marked_pages(reports: Sequence[tuple[dict[str, Any], str]]) -> str:
    """Return a page that shows texts with their mentions marked; it runs nothing and asks nobody.

    Each kind has its own colour, line and letter and can be switched off; what a mention was read as
    is shown when a reader points at it, touches it or comes to it by keyboard, and in a table below.

    Parameters
    ----------
    reports
        JSON objects of `dateline annotate`, each with the text that its offsets count in.

    Returns
    -------
    str
        HTML. Where mentions overlap, the inner one is marked inside the outer one.
    """
    title = _shown(", ".join(_name(annotation) for annotation, _ in reports))
    parts = [_report(number, *report) for number, report in enumerate(reports, start=1)]
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_style()}</style></head>\n"
        f"<body>{_legend([annotation for annotation, _ in reports])}{''.join(parts)}</body></html>\n"
    )


@cache
def _style() -> str:
    """Return the page's style sheet."""
    return (resources.files("dateline.reports") / "marked.css").read_text("utf-8")


def _name(annotation: dict[str, Any]) -> str:
    """Return what a report is called."""
    return str(annotation.get("file") or "report")


def _legend(annotations: list[dict[str, Any]]) -> str:
    """Return how each kind of mention is marked, how many there are, and what switches it off."""
    lines = []
    for kind in _KINDS:
        count = sum(len(_of_kind(annotation, kind)) for annotation in annotations)
        lines.append(
            f'<label><input type="checkbox" id="show-{kind}" checked>'
            f'<span><mark class="{kind}">{kind}</mark> {count}</span></label>'
        )
    event = '<span><mark class="places event">place of an event</mark></span>'
    return f'<fieldset class="legend"><legend>Marked</legend>{"".join(lines)}{event}</fieldset>'


def _report(number: int, annotation: dict[str, Any], text: str) -> str:
    """Return one report: its name, its text and the table of its mentions."""
    language = escape(str(annotation.get("lang") or ""))
    spans = sorted(_spans(annotation), key=lambda span: (span[0], -span[1]))
    spans = [(*span[:4], place) for place, span in enumerate(spans, start=1)]
    parts: list[str] = []
    _write(text, (0, len(text)), list(spans), parts, f"{number}-")
    return (
        f"<header><h1>{_marked_signs(_name(annotation))}</h1>"
        f'<p class="facts">{_marked_signs(_facts(annotation))}</p></header>'
        f'<article lang="{language}" dir="auto">{"".join(parts)}</article>'
        f"{_table(text, spans, f'{number}-', language)}"
    )


def _facts(annotation: dict[str, Any]) -> str:
    """Return language and day of publication in words."""
    day, method = annotation.get("published"), annotation.get("published_method")
    published = f"published {day} ({method})" if day else "day of publication unknown"
    return f"language {annotation.get('lang') or 'unknown'}, {published}"


def _spans(annotation: dict[str, Any]) -> Iterator[_Span]:
    """Yield start, end, kind and members of each mention."""
    for kind in _KINDS:
        for mention in _of_kind(annotation, kind):
            yield mention["start"], mention["end"], kind, mention, 0


def _of_kind(annotation: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    """Return the mentions of a kind; places that no gazetteer has are places too."""
    unplaced = annotation.get("unplaced", ()) if kind == "places" else ()
    return [*annotation.get(kind, ()), *unplaced]


def _write(
    text: str, bounds: tuple[int, int], spans: list[_Span], parts: list[str], prefix: str
) -> None:
    """Append `text` between two offsets; spans that cross its end are left for the outer level."""
    at, end = bounds
    while spans and spans[0][0] < end:
        first, last, kind, mention, number = spans.pop(0)
        if first < at or last > end:
            continue  # crosses another mark: marks nest or stand apart
        parts.append(_marked_signs(text[at:first]))
        event = " event" if mention.get("is_event_location") else ""
        name = f"{prefix}{number}"
        parts.append(
            f'<mark class="{kind}{event}" id="m{name}" tabindex="0" aria-describedby="r{name}"'
            f' data-note="{escape(_shown(note(kind, mention)))}">'
        )
        _write(text, (first, last), spans, parts, prefix)
        parts.append("</mark>")
        at = last
    parts.append(_marked_signs(text[at:end]))


def _table(text: str, spans: list[_Span], prefix: str, language: str) -> str:
    """Return the mentions as a table, for whoever reads them one by one."""
    rows = []
    for first, last, kind, mention, number in spans:
        name = f"{prefix}{number}"
        words = " ".join(text[first:last].split())
        rows.append(
            f'<tr><td><a href="#m{name}">{number}</a></td><td>{kind}</td>'
            f'<td lang="{language}">{_marked_signs(words)}</td>'
            f'<td id="r{name}">{_marked_signs(note(kind, mention))}</td></tr>'
        )
    head = "<tr><th>No.</th><th>Kind</th><th>Words</th><th>Read as</th></tr>"
    body = "".join(rows)
    return f"<section><h2>What was read</h2><table><thead>{head}</thead><tbody>{body}</tbody></table></section>"


def _shown(text: str) -> str:
    """Return text in which signs that a browser would obey are their numbers."""
    return _SIGNS.sub(lambda match: f"U+{ord(match[0]):04X}", text)


def _marked_signs(text: str) -> str:
    """Return text as HTML, signs that a browser would obey marked as such."""
    parts, at = [], 0
    for match in _SIGNS.finditer(text):
        parts += [escape(text[at : match.start()]), f'<i class="sign">U+{ord(match[0]):04X}</i>']
        at = match.end()
    return "".join([*parts, escape(text[at:])])
