"""Articles: plain text, Markdown, HTML and PDF, from a file, an address or the standard input."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

from dateline import decoding
from dateline.errors import InputError, SourceError
from dateline.lexicon import languages
from dateline.reports.language import detect_language
from dateline.reports.pdf import is_pdf, read_pdf
from dateline.reports.published import checked_day, find_published
from dateline.reports.report import Report
from dateline.reports.tables.opening import read_bytes

__all__ = ["decode", "read_article"]

_MAX_BYTES = 20_000_000
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_HTML = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_META = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_STRAY = 0.001  # of the characters; in files that are no text NUL is one in ten and more
_HEADING = re.compile(r"#{1,2}\s+(.+)")


def read_article(
    source: str | os.PathLike[str],
    *,
    published: str | None = None,
    language: str | None = None,
    allow_local: bool = False,
) -> Report:
    """Return the report that a file, an address or `-` (standard input) holds.

    Parameters
    ----------
    source
        Path of a text, Markdown, HTML or PDF file, an http(s) address, or `-`.
    published
        Day of publication, ISO 8601, where the article does not say it.
    language
        ISO 639-1 code; recognised where null.
    allow_local
        Also ask addresses of the user's own machine and network.

    Returns
    -------
    Report
        With the decoded text; of HTML the main text, title, day and publisher.

    Raises
    ------
    SourceError
        If the source cannot be read.
    InputError
        If the day or the language cannot be used, or there is no text.
    """
    name = os.fspath(source)
    if language is not None and language not in languages():
        raise InputError(f"one of the languages {', '.join(languages())}", language)
    data, url = _bytes(name, allow_local=allow_local)
    report = _read(name, data, url)
    if not report.text.strip():
        raise InputError("an article with text", name, "check that the file is the article itself")
    report = replace(report, language=language or detect_language(report.text))
    if published is not None:
        return replace(report, published=checked_day(published), published_method="given")
    if report.published is not None:
        return replace(report, published_method="found")
    day, method = find_published(report)
    return replace(report, published=day, published_method=method)


def _read(name: str, data: bytes, url: str | None) -> Report:
    """Return the report that bytes hold, by what they are."""
    if is_pdf(data):
        return read_pdf(name, data, url)
    if _HTML.match(data[:4096]):
        return _html_report(name, data, url)
    return replace(_text_report(name, data), url=url)


def decode(data: bytes, name: str = "the article") -> str:
    """Return text from bytes: by byte order mark, UTF-8, the page's own word, or the best guess.

    A stray NUL becomes a blank, so that offsets stay what they are in the file.

    Raises
    ------
    SourceError
        If the bytes are no text.
    """
    declared = _META.search(data[:4096])
    text, _, _ = decoding.decode(data, name, declared=declared and declared[1].decode("ascii"))
    if text.count("\0") > len(text) * _STRAY:
        remedy = "save it as text (UTF-8), HTML or PDF"
        raise SourceError(f"{name}: an article as text, Markdown, HTML or PDF", data[:12], remedy)
    return text.replace("\0", " ")


def _bytes(name: str, *, allow_local: bool) -> tuple[bytes, str | None]:
    """Return the bytes of a source and its address, if it has one."""
    if _ADDRESS.match(name):
        return _fetched(name, allow_local=allow_local), name
    data, _ = read_bytes(name if name == "-" else Path(name))
    if len(data) > _MAX_BYTES:
        raise SourceError(f"an article of at most {_MAX_BYTES:,} bytes", name)
    return data, None


def _fetched(address: str, *, allow_local: bool) -> bytes:
    """Return what stands at an address; only the open web is asked, and only when the user names it."""
    from dateline.reports.web import fetch

    return fetch(address, allow_local=allow_local)


@cache
def _quiet() -> None:
    """Silence trafilatura's log, which says nothing to our users."""
    import logging

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)


def _text_report(name: str, data: bytes) -> Report:
    """Return the report of a plain text or Markdown file."""
    text = decode(data, name)
    first = text.lstrip().split("\n", 1)[0]
    heading = _HEADING.match(first)
    return Report(name, text, title=heading[1].strip() if heading else None)


def _html_report(name: str, data: bytes, url: str | None) -> Report:
    """Return the report of a web page: main text, title, day, publisher, address."""
    import trafilatura

    _quiet()
    page = decode(data, name)
    text = trafilatura.extract(page, url=url, include_comments=False, favor_recall=True) or ""
    about = trafilatura.extract_metadata(page, default_url=url)
    day = about.date if about and about.date else None
    return Report(
        name,
        text,
        published=day[:10] if day else None,
        title=about.title if about else None,
        url=(about.url if about and about.url else None) or url,
        publisher=(about.sitename or about.hostname) if about else None,
        extracted=True,
    )
