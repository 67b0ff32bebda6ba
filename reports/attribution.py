"""Attribution: who says so, and whether it is claimed, confirmed, disputed or denied."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dateline.reports.tokens import fold

if TYPE_CHECKING:
    from dateline.event import Status
    from dateline.reports.mentions.actors import ActorMention
    from dateline.reports.reading import Reading

__all__ = ["Attribution", "attributions"]

_BEFORE = 14
_AFTER = 8
_NAME_WORDS = 4
_ADJECTIVES = 3
_APPOSITION = 8
_TRUTH = tuple(
    f"attribution.{name}" for name in ("unverified", "deny", "dispute", "confirm", "claim")
)
_DESCRIBING = frozenset(("units.modifiers", "units.branches", "actors.arms", "actor"))


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says what a sentence says.

    Attributes
    ----------
    speaker
        The words for who says so, null where the report itself does.
    status
        Claimed, confirmed, disputed or denied; null where the sentence is plain.
    said_at
        Word of the verb of saying, null where there is none.
    words
        First and last word of the speaker in its sentence, null where there are none.
    """

    speaker: str | None = None
    status: Status | None = None
    said_at: int | None = None
    words: tuple[int, int] | None = None


def attributions(reading: Reading, actors: list[ActorMention]) -> list[Attribution]:
    """Return the attribution of each sentence of a report, pronouns resolved to who spoke last."""
    officials = _official_names(reading)
    speakers = _speakers(reading, actors, officials)
    found: list[Attribution] = []
    last_speaker: str | None = None
    for first, last in reading.bounds:
        attribution = _of_sentence(reading, first, last, speakers, last_speaker)
        attribution = _in_full(reading, attribution, found, officials)
        last_speaker = attribution.speaker or last_speaker
        found.append(attribution)
    return found


def _speakers(
    reading: Reading, actors: list[ActorMention], officials: frozenset[str]
) -> dict[int, int]:
    """Return the words at which somebody who may speak is named, each with the word after the name."""
    found: dict[int, int] = {}
    if officials:
        found |= {
            index: index + 1
            for index, (_, _, word) in enumerate(reading.words)
            if word in officials
        }
    for category in ("attribution.pronouns", "attribution.officials"):
        found |= {index: end for index, (end, _) in reading.phrases(category).items()}
    return found | {actor.first: actor.last for actor in actors}


def _is_adjective(reading: Reading, span: tuple[int, int]) -> bool:
    """Return whether words are but an adjective written small, as of a border: it speaks for nobody."""
    first, last = span
    word = reading.words[first][2]
    small = last - first == 1 and word[0].islower()
    return (
        small
        and reading.tag(first, "actor") is not None
        and not (
            reading.has_any(first, "attribution.officials", "attribution.pronouns", "actors.forces")
        )
    )


def _follows_quote(reading: Reading, first: int, verb: int, speakers: dict[int, int]) -> bool:
    """Return whether what was said ends just before the verb, so that its speaker follows.

    A comma that closes an apposition ("Ukrainian media, among them X, reported") ends nothing said.
    """
    if verb <= first or reading.words[verb - 1][2] not in ',"”»’،':
        return False
    if reading.words[verb - 1][2] != ",":
        return True
    ends = set(speakers.values())
    return not any(
        reading.words[index][2] == "," and index in ends
        for index in range(max(first, verb - _APPOSITION), verb - 1)
    )


def _in_full(
    reading: Reading, said: Attribution, before: list[Attribution], officials: frozenset[str]
) -> Attribution:
    """Return an attribution with the fullest name that the report gave its speaker before.

    Only a name, an office with a person and an institution with "the" mean somebody named before.
    """
    if said.words is None or said.speaker is None:
        return said
    first, last = said.words
    the = first > 0 and fold(reading.words[first - 1][2]) in reading.vocabulary.articles
    known = any(
        reading.words[index][2] in officials or reading.tag(index, "attribution.person_titles")
        for index in range(first, last)
    )
    if not (the or known):
        return said
    short = {fold(reading.words[index][2]) for index in range(first, last)}
    for earlier in reversed(before):
        if earlier.speaker is None:
            continue
        if short < set(map(fold, re.findall(r"[^\W_]+", earlier.speaker))):
            return replace(said, speaker=earlier.speaker)
    return said


def _official_names(reading: Reading) -> frozenset[str]:
    """Return the names that the report gives beside an office: only these may stand as speakers."""
    names: set[str] = set()
    if reading.vocabulary.uncased:
        return frozenset()
    for index, (end, _) in reading.phrases("attribution.person_titles").items():
        for here in range(end, min(end + _NAME_WORDS + 1, len(reading.words))):
            word = reading.words[here][2]
            if not word[0].isalpha():
                break
            if _is_name(reading, here):
                names.add(word)
        before = index - 1
        while before > index - _NAME_WORDS and before >= 0 and reading.words[before][2] == ",":
            before -= 1
        for here in range(before, max(before - 3, -1), -1):
            if not _is_name(reading, here) or reading.words[before + 1][2] != ",":
                break
            names.add(reading.words[here][2])
    return frozenset(names)


def _is_name(reading: Reading, index: int) -> bool:
    """Return whether word `index` is written as a name and is no word of the lexicon."""
    word = reading.words[index][2]
    if not (word[0].isupper() and len(word) > 1):
        return False
    tags = reading.at(index)
    return not tags or not any(
        name == "actor" or name.startswith(("attribution", "dates", "actors")) for name in tags
    )


def _of_sentence(
    reading: Reading,
    first: int,
    last: int,
    speakers: dict[int, int],
    last_speaker: str | None,
) -> Attribution:
    """Return the attribution of the sentence of words `first` to `last`."""
    status = _status(reading, first, last)
    said = reading.find("attribution.say", first, last)
    if not said:
        return Attribution(status=status)
    for start, end, _ in said:
        along = reading.tag(start, "attribution.according") is not None
        spans = [_speaker_after(reading, end, last, speakers)]
        if not along:
            spans.insert(0, _speaker_before(reading, first, start, speakers))
            if _follows_quote(reading, first, start, speakers):
                spans.reverse()
        for span in spans:
            if span is None or _is_adjective(reading, span):
                continue
            if reading.tag(span[0], "attribution.pronouns") and span[1] - span[0] == 1:
                return Attribution(last_speaker, status or "claimed", start)
            text = reading.span(*span)[2]
            return Attribution(text, status or "claimed", start, span)
    return Attribution(None, status, said[0][0])


def _status(reading: Reading, first: int, last: int) -> Status | None:
    """Return what the words of a sentence say of its truth."""
    words: dict[str, list[int]] = {}
    for index, _, name in reading.among(_TRUTH, first, last):
        words.setdefault(name.removeprefix("attribution."), []).append(index)
    if "unverified" in words:
        return "claimed"
    if "deny" in words:
        return "denied"
    if "dispute" in words:
        return "disputed"
    if any(
        not reading.has("attribution.negation", index - 3, index)
        for index in words.get("confirm", ())
    ):
        return "confirmed"
    return "claimed" if "claim" in words else None


def _speaker_before(
    reading: Reading, first: int, verb: int, speakers: dict[int, int]
) -> tuple[int, int] | None:
    """Return the words of the speaker nearest before the verb."""
    for index in range(verb - 1, max(first, verb - _BEFORE) - 1, -1):
        if (end := speakers.get(index)) and end <= verb:
            return _widened(reading, index, end, first, verb, speakers)
    return None


def _speaker_after(
    reading: Reading, start: int, last: int, speakers: dict[int, int]
) -> tuple[int, int] | None:
    """Return the words of the first speaker after the verb."""
    for index in range(start, min(last, start + _AFTER)):
        if reading.words[index][2] in ".;:!?。":
            return None
        if end := speakers.get(index):
            return _widened(reading, index, end, index, last, speakers)
    return None


def _widened(
    reading: Reading,
    start: int,
    end: int,
    first: int,
    last: int,
    speakers: dict[int, int],
) -> tuple[int, int]:
    """Return the words of a speaker with the offices, names and countries that stand beside it."""
    if reading.tag(start, "attribution.pronouns"):
        return start, end
    position = start
    while position > first:
        for here in range(max(first, position - 4), position):
            if speakers.get(here) in {position, end} and not reading.tag(
                here, "attribution.pronouns"
            ):
                position = here
                break
        else:
            break
    start = _with_adjectives(reading, position, first)
    while (
        end < last
        and (further := speakers.get(end))
        and not reading.tag(end, "attribution.pronouns")
    ):
        end = further
    return start, min(end, last)


def _with_adjectives(reading: Reading, start: int, first: int) -> int:
    """Return where the words begin that describe a speaker: "a local emergency group".

    They reach back to an article, a sign or the beginning of the sentence; without such an end, and
    where adjectives follow their noun, nothing is added.
    """
    if reading.vocabulary.head_first:
        return start
    for index in range(start - 1, max(first, start - _ADJECTIVES) - 2, -1):
        if index < first:
            return index + 1
        word = reading.words[index][2]
        if reading.tag(index, "numbers.words") == (index + 1, 1):
            return index
        if not word[0].isalpha() or fold(word) in reading.vocabulary.articles:
            return index + 1
        tags = reading.at(index)
        if tags and not tags.keys() <= _DESCRIBING:
            return start
    return start
