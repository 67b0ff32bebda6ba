"""Sentences and paragraphs of a running text, in any script."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["Sentence", "split"]

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_STOP = re.compile(  # begins with one set of signs: `re` leaps to the next of them
    r"""(?P<stop>[.!?…。！？｡।۔؟॥](?:(?<=[.!?…])[.!?…]*|(?<=[。！？｡।۔؟॥])[。！？｡।۔؟॥]*))
        (?P<close>["'”’»›)\]」』]*)
        (?P<gap>\s*)""",
    re.VERBOSE,
)
_DROW = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")  # a word, and that read backwards
_WORD_REACH = 24
_QUOTING = "とっ"  # "..." to, Japanese: the sentence goes on with who said it
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_WIDE_STOPS = frozenset("。！？｡।۔؟॥")
_MAX_ORDINAL_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its code points `start` to `end`, and the number of its paragraph, from 0."""

    start: int
    end: int
    paragraph: int


def split(
    text: str, *, abbreviations: Collection[str] = (), ordinal_stop: bool = False
) -> list[Sentence]:
    """Return the sentences of `text`, without the white space around them.

    A line break always ends a sentence and a paragraph. A full stop ends none after an abbreviation,
    after an initial or another single letter, before a small letter, inside a word or number, and in a
    line that ends its sentences with a danda.

    Parameters
    ----------
    text
        Any text; offsets count its code points.
    abbreviations
        Words, in small letters and without their stop, after which a stop ends no sentence.
    ordinal_stop
        True where the language writes ordinals as a number with a stop ("14. Dezember").

    Returns
    -------
    list of Sentence
        In order, not overlapping.
    """
    sentences: list[Sentence] = []
    paragraph = 0
    for line in _LINE.finditer(text):
        before = len(sentences)
        for start, end in _split_line(text, line.start(), line.end(), abbreviations, ordinal_stop):
            _append_stripped(sentences, text, start, end, paragraph)
        paragraph += len(sentences) > before
    return sentences


def _split_line(
    text: str, start: int, end: int, abbreviations: Collection[str], ordinal_stop: bool
) -> list[tuple[int, int]]:
    """Return the sentence spans of one line."""
    spans = []
    danda = text.find("।", start, end) >= 0
    for match in _STOP.finditer(text, start, end):
        if danda and match["stop"] == ".":
            continue
        if match.end() < end and not _ends_sentence(
            text, match, start, abbreviations, ordinal_stop
        ):
            continue
        spans.append((start, match.end("close")))
        start = match.end()
    if start < end:
        spans.append((start, end))
    return spans


def _ends_sentence(  # noqa: PLR0911 (one return a rule)
    text: str,
    match: re.Match[str],
    line_start: int,
    abbreviations: Collection[str],
    ordinal_stop: bool,
) -> bool:
    """Return whether the stop that `match` found ends a sentence."""
    stop, following = match["stop"], text[match.end()]
    if match["close"] and not match["gap"] and following in _QUOTING:
        return False
    if stop[0] in _WIDE_STOPS:
        return True
    if not match["gap"]:
        return stop[0] in "!?" and bool(_UNSPACED.match(text, match.start() - 1))
    if following.islower():
        return False
    if stop != ".":
        return True
    before = text[max(line_start, match.start() - _WORD_REACH) : match.start()]
    found = _DROW.match(before[::-1])
    if found is None or match["close"]:
        return True
    word = found[0][::-1]
    name = word.lower()
    if name in abbreviations or name.rpartition(".")[2] in abbreviations:
        return False
    if name.isdecimal():
        return not (ordinal_stop and len(name) <= _MAX_ORDINAL_DIGITS)
    return len(name) > 1 or not (word.isupper() or _is_abbreviated(before[:-1]))


def _is_abbreviated(before: str) -> bool:
    """Return whether a small single letter after `before` is an abbreviation: "z. B.", not "17 h." or "it's"."""
    bare = before.rstrip()
    return (bare != before or not before or before[-1] in "(.") and not bare[-1:].isdecimal()


def _append_stripped(
    sentences: list[Sentence], text: str, start: int, end: int, paragraph: int
) -> None:
    """Append the span without the white space around it, unless nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        sentences.append(Sentence(start, end, paragraph))
