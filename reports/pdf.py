"""Articles in PDF: the text of the pages, its lines made paragraphs again."""

from __future__ import annotations

import io
import logging
import re
from statistics import quantiles
from typing import TYPE_CHECKING

from dateline.errors import SourceError
from dateline.reports.report import Report

if TYPE_CHECKING:
    from pypdf import PdfReader

__all__ = ["is_pdf", "read_pdf", "reflowed"]

_MAX_PAGES = 300
_FULL_LINE = 0.75  # of the length that nine lines in ten do not pass: shorter ones end a paragraph
_ENDS = re.compile(r"[.!?:;…。！？؟।»”\"']\s*$")
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]$")
_REMEDY = "save its text as a .txt file"


def is_pdf(data: bytes) -> bool:
    """Tell whether bytes are a PDF: its mark stands in the first kilobyte."""
    return b"%PDF-" in data[:1024]


def read_pdf(name: str, data: bytes, url: str | None = None) -> Report:
    """Return the report that a PDF holds, with the title that its metadata give, if any.

    Parameters
    ----------
    name
        The source as the user named it.
    data
        The bytes of the file.
    url
        Its address, if it has one.

    Raises
    ------
    SourceError
        If it is damaged, asks for a password, is longer than 300 pages, or has only pictures of text.
    """
    import pypdf
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        document = pypdf.PdfReader(io.BytesIO(data))
        text = _text(document, name)
        title = document.metadata.title if document.metadata else None
    except SourceError:
        raise
    except (
        PyPdfError,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        ArithmeticError,
        RecursionError,
        OSError,
        NotImplementedError,
        ImportError,
    ) as error:  # what pypdf raises at damaged files
        raise SourceError(f"{name}: a whole PDF", str(error), _REMEDY) from error
    if not text.strip():
        raise SourceError(
            f"{name}: a PDF with text", "pictures of pages", "run text recognition on it"
        )
    return Report(
        name,
        reflowed(text),
        title=str(title).strip() or None if title else None,
        url=url,
        extracted=True,
    )


def _text(document: PdfReader, name: str) -> str:
    """Return the text of all pages."""
    if document.is_encrypted and not document.decrypt(""):
        raise SourceError(f"{name}: a PDF without a password", None, _REMEDY)
    if len(document.pages) > _MAX_PAGES:
        raise SourceError(f"{name}: at most {_MAX_PAGES} pages", len(document.pages), _REMEDY)
    return "\n\n".join(page.extract_text() for page in document.pages)


def reflowed(text: str) -> str:
    """Return text in which the lines of a page are paragraphs again, and words parted at line ends whole."""
    lines = [" ".join(line.replace("\0", " ").split()) for line in text.splitlines()]
    lengths = [len(line) for line in lines if line]
    full = _FULL_LINE * (quantiles(lengths, n=10)[-1] if len(lengths) > 1 else 0)
    parts: list[str] = []
    for before, line in zip(["", *lines], lines, strict=False):
        if not line:
            continue
        goes_on = bool(parts) and bool(before) and (len(before) >= full or not _ENDS.search(before))
        if not goes_on:
            parts.append(line)
        elif _HYPHEN.search(parts[-1]) and line[0].islower():
            parts[-1] = _HYPHEN.sub("", parts[-1]) + line
        else:
            parts[-1] += f" {line}"
    return "\n".join(parts)
