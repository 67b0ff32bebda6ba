"""Articles: text, Markdown, web pages and addresses become reports."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dateline.errors import InputError, SourceError
from dateline.reports.language import checked_language, language_of
from dateline.reports.published import with_published
from dateline.reports.report import Report
from dateline.reports.tables.opening import read_bytes
from dateline.reports.tables.text import decode

if TYPE_CHECKING:
    import os

__all__ = ["read_article", "report_of"]

_HTML = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2})?")
_TITLE_CHARACTERS = 160


def read_article(
    source: str | os.PathLike[str],
    *,
    published: str | None = None,
    language: str | None = None,
) -> Report:
    """Read one article.

    Parameters
    ----------
    source
        A path, `-` for standard input, or an http(s) address.
    published
        Day or minute of publication, ISO 8601; looked for in the article where null.
    language
        ISO 639-1 code; recognised where null.

    Returns
    -------
    Report
        With the text of the article; of a web page its main text.

    Raises
    ------
    SourceError
        If the source cannot be read or holds no text.
    InputError
        If `published` or `language` cannot be used.
    """
    name = str(source)
    url = name if urlsplit(name).scheme in {"http", "https"} else None
    data = _fetched(url) if url else read_bytes(name if name == "-" else Path(name))[0]
    text, notes, _ = decode(data, name)
    report = report_of(text, name, published=published, language=language)
    return replace(report, url=report.url or url, warnings=(*notes, *report.warnings))


def report_of(
    text: str, file: str, *, published: str | None = None, language: str | None = None
) -> Report:
    """Return the report that a decoded text is.

    Parameters
    ----------
    text
        Plain text, Markdown or HTML, told apart by content.
    file
        Name of the source.
    published, language
        As for `read_article`.

    Raises
    ------
    SourceError
        If nothing but white space is left.
    InputError
        If `published` or `language` cannot be used.
    """
    if published is not None and not _DAY.fullmatch(published):
        raise InputError("a publication day such as 2024-12-16", published)
    text = text.removeprefix("\ufeff")
    report = _web_page(text, file) if _HTML.match(text) else _plain(text, file)
    if not report.text.strip():
        raise SourceError(
            f"{file}: an article with text", remedy="is it empty, or drawn by scripts?"
        )
    code = checked_language(language) or language_of(report.text)
    report = replace(report, language=code)
    if published is not None:
        return replace(report, published=published, published_method="given")
    return report if report.published else with_published(report)


def _fetched(url: str) -> bytes:
    """Return what a public address answers."""
    from dateline.web import fetch

    return fetch(url).body


def _plain(text: str, file: str) -> Report:
    """Return the report of a plain text; a short first line without a full stop is its title."""
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    title = first.lstrip("#").strip()
    ends = title.endswith((".", "!", "?", ":", "—", "–", "-", "。", "।", "؟"))
    whole = len(title) > _TITLE_CHARACTERS or title == text.strip()
    return Report(file=file, text=text, title=None if ends or whole else title or None)


def _web_page(html: str, file: str) -> Report:
    """Return the report of a web page: main text, title, address, publisher and day."""
    import trafilatura

    found = trafilatura.bare_extraction(
        html, with_metadata=True, include_comments=False, include_tables=False
    )
    if found is None:
        raise SourceError(
            f"{file}: a web page with a main text", remedy="save its text and read that"
        )
    members = found.as_dict()
    day = members.get("date")
    return Report(
        file=file,
        text=members.get("text") or "",
        title=members.get("title"),
        url=members.get("url"),
        publisher=members.get("sitename"),
        published=day,
        published_method="found" if day else None,
        extracted=True,
    )
