"""A report: one published text with its publisher, address and time of publication."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Report"]


@dataclass(frozen=True, slots=True)
class Report:
    """One published text.

    Attributes
    ----------
    file
        The source as the user named it.
    text
        The decoded text, without byte order mark, line ends untouched; of a web page the main text.
        Offsets of mentions count its Unicode code points.
    language
        ISO 639-1 code, null where it is not known.
    published
        Day or minute of publication, ISO 8601; null where it is not known.
    published_method
        How `published` is known: `given`, `found`, `inferred` or null.
    title, url, publisher
        As far as they are known.
    extracted
        True where `text` was taken out of HTML and so differs from the file.
    """

    file: str
    text: str
    language: str | None = None
    published: str | None = None
    published_method: str | None = None
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    extracted: bool = False
