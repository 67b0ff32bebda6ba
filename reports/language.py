"""The language of a text, of those that have a lexicon."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Any

from dateline.lexicon import languages, lexicon
from dateline.reports.tokens import fold

__all__ = ["detect_language"]

_SAMPLE = 1600
_STRETCH = 400
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)?")
_LETTERS = {  # letters that only one of several like languages has
    "uk": "іїєґ",
    "be": "ўі",
    "ru": "ыэъё",
    "fa": "پچژگ",
    "ja": "",
}
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("he", re.compile(r"[\u05d0-\u05ea]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
)
_TELLING = re.compile("[\u0590-\u05ff\u0900-\u097f\u3040-\ud7af]")
_SHARE = 0.15
_CLOSE = (("id", "ms"), ("uk", "ru", "be"), ("ar", "fa"), ("cs", "pl"), ("es", "pt", "it"))


def detect_language(text: str) -> str | None:
    """Return the ISO 639-1 code of a text's language, null where there are no letters.

    Scripts that one language has decide at once; else py3langid, limited to the languages with a
    lexicon, proposes, and between close relatives their everyday words decide.
    """
    sample = text[:_SAMPLE]
    letters = sum(map(str.isalpha, sample))
    if not letters:
        return None
    known = set(languages())
    for code, pattern in _SCRIPTS if _TELLING.search(sample) else ():
        share = _SHARE / 3 if code == "ja" else _SHARE
        if code in known and len(pattern.findall(sample)) / letters > share:
            return code
    middle = max(_STRETCH, len(sample) // 2)  # what stands first may be a menu in another language
    stretches = sample[:_STRETCH] + sample[middle : middle + _STRETCH]
    found = str(_identifier().classify(stretches)[0])
    relatives = next((group for group in _CLOSE if found in group), ())
    choices = [code for code in relatives if code in known]
    return _closest(sample, found, choices) if len(choices) > 1 else found


@cache
def _identifier() -> Any:
    """Return py3langid's identifier for the languages that have a lexicon, loaded once."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages([code for code in languages() if code in identifier.labels])
    return identifier


def _closest(sample: str, found: str, choices: list[str]) -> str:
    """Return the one of close relatives whose letters and everyday words a text has most of."""
    low = sample.lower()
    scores = Counter({found: 1})
    for code in choices:
        scores[code] += 3 * sum(low.count(letter) for letter in _LETTERS.get(code, ""))
    words = Counter(map(fold, _WORD.findall(sample)))
    for code in choices:
        scores[code] += 2 * sum(words[word] for word in _common_words(code) & words.keys())
    return scores.most_common(1)[0][0]


@cache
def _common_words(language: str) -> frozenset[str]:
    """Return the single words of a language's lexicon that carry grammar: dates, talk, direction."""
    tables = lexicon(language)
    words: set[str] = set()
    for table, key in (
        ("dates", "on"), ("dates", "of"), ("dates", "ands"), ("roles", "in"), ("roles", "from"),
        ("roles", "to"), ("attribution", "say"), ("attribution", "pronouns"),
        ("attribution", "negation"), ("sentences", "common"),
    ):  # fmt: skip
        words |= {fold(word) for word in tables.get(table, {}).get(key, ()) if "*" not in word}
    for forms in tables.get("dates", {}).get("months", ()):
        words |= {fold(form) for form in forms}
    return frozenset(words)
