"""Words for kinds of events in a type column, by the lexicons of all languages."""

from __future__ import annotations

from functools import cache

from dateline.event import EVENT_TYPES
from dateline.lexicon import languages, lexicon

__all__ = ["event_type_of"]

_ENDING = 3


def event_type_of(main: str, sub: str = "") -> str | None:
    """Return the event type of the schema that a cell names, null where it names none or several.

    Parameters
    ----------
    main
        ACLED's event type in any case, or an everyday word for one ("shelling", "обстріл").
    sub
        ACLED's sub-event type, if the table has one.
    """
    name, _, rest = main.partition(": ")
    found = {entry.casefold(): entry for entry in EVENT_TYPES}.get(name.casefold())
    if found is None:
        return _by_word(main.casefold()) or _by_word(sub.casefold())
    details = {entry.casefold(): entry for entry in EVENT_TYPES[found]}
    detail = details.get((sub or rest).casefold())
    return f"{found}: {detail}" if detail else found


def _by_word(text: str) -> str | None:
    """Return the event type of a word, or of its stem with an ending of at most three letters."""
    stems = (text[:n] + "*" for n in range(len(text), max(2, len(text) - _ENDING - 1), -1))
    found = (_words().get(form) for form in (text, *stems))
    return next((name for name in found if name), None)


@cache
def _words() -> dict[str, str]:
    """Return event types by word; a word that means two things in two languages is left out."""
    words: dict[str, str] = {}
    doubtful = set()
    for language in languages():
        types = lexicon(language).get("events", {}).get("types", {})
        pairs = [(form.casefold(), name) for name, forms in types.items() for form in forms]
        for form, name in pairs:
            if words.setdefault(form, name) != name:
                doubtful.add(form)
    return {form: name for form, name in words.items() if form not in doubtful}
