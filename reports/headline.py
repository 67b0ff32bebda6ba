"""A short neutral title of an event, in the words of the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.reports.annotation import Annotation

__all__ = ["headline"]

_LENGTH = 110
_LEAST = 40


def headline(annotation: Annotation, sentence: int) -> str:
    """Return a sentence without its dateline, cut at a clause or word to at most 110 characters."""
    reading = annotation.reading
    span = reading.sentences[sentence]
    start = max([span.start] + [end for end in annotation.datelines if span.start < end < span.end])
    text = " ".join(reading.text[start : span.end].split()).strip("\"“”«»„' ")
    text = text.rstrip(".。।۔")
    if len(text) <= _LENGTH:
        return text
    cut = text[:_LENGTH]
    for sign in (",", ";", "，", "、", "،", " – ", " — "):
        if (position := cut.rfind(sign)) >= _LEAST:
            return cut[:position].rstrip() + " …"
    return (cut.rpartition(" ")[0] or cut).rstrip(",;: ") + " …"
