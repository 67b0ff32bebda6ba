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
    start = max(
        [span.start]
        + [_after_dash(reading.text, place.end, span.end) for place in annotation.places
           if place.role == "dateline" and span.start <= place.start < span.end]
    )  # fmt: skip
    text = " ".join(reading.text[start : span.end].split()).strip("\"“”«»„' ")
    text = text.rstrip(".。।۔")
    if len(text) <= _LENGTH:
        return text
    cut = text[:_LENGTH]
    for sign in (",", ";", "，", "、", "،", " – ", " — "):
        if (position := cut.rfind(sign)) >= _LEAST:
            return cut[:position].rstrip() + " …"
    return (cut.rpartition(" ")[0] or cut).rstrip(",;: ") + " …"


def _after_dash(text: str, start: int, end: int) -> int:
    """Return the offset after the dash of a dateline."""
    for offset in range(start, min(end, start + 80)):
        if text[offset] in "—–" or text[offset : offset + 2] in {"- ", "--"}:
            return offset + 2 if text[offset] == "-" else offset + 1
    return start
