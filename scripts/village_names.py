"""Names of villages in the other language, and in Latin letters, by the rules of theatre_rules.toml."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["latin", "rules", "translated"]

_VOWELS = "аеёиоуыэюяєії"


@cache
def rules() -> dict[str, Any]:
    """Return the rules of theatre_rules.toml."""
    return tomllib.loads(Path(__file__).with_name("theatre_rules.toml").read_text("utf-8"))


def latin(name: str, language: str) -> str:
    """Return a Russian or Ukrainian name as English-language reports write it."""
    return re.sub(
        r"[^\W\d_’']+",
        lambda word: _latin_word(word[0], language),
        name.replace("’", "").replace("'", ""),
    )


def _latin_word(word: str, language: str) -> str:
    letters = rules()["latin"][language]
    low, result = word.lower(), ""
    if language == "ru":
        low = re.sub(r"[ыи]й$", "ы", low)  # Zeleny, not Zelenyy
    for at, letter in enumerate(low):
        before = low[at - 1] if at else ""
        if language == "ru" and letter == "е" and (not before or before in _VOWELS + "йьъ"):
            result += "ye"
        elif language == "ru" and letter == "и" and before == "ь":
            result += "yi"
        elif language == "uk" and not before and letter in "єїйюя":
            result += {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}[letter]
        elif language == "uk" and letter == "г" and before == "з":
            result += "gh"
        else:
            result += letters.get(letter, letter)
    return result.capitalize() if word[:1].isupper() else result


def translated(name: str, direction: str) -> list[str]:
    """Return the likely forms of a name in the other language, likeliest first; `direction` is ru_uk or uk_ru."""
    words = re.split(r"([\s\-]+)", name)
    forms = [""]
    for word in words:
        options = _word(word, direction) if word.strip(" -") else [word]
        forms = [form + option for form in forms for option in options][:4]
    return list(dict.fromkeys(forms))


def _word(word: str, direction: str) -> list[str]:
    given = rules()[direction]
    low = word.lower()
    if low in given["words"]:
        known = given["words"][low]
        results = [known] if isinstance(known, str) else known
    else:
        results = _ended(low, given)
    return [result.capitalize() if word[:1].isupper() else result for result in results]


def _ended(word: str, given: dict[str, Any]) -> list[str]:
    for ending in sorted(given["endings"], key=len, reverse=True):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = _stem(word.removesuffix(ending), given)
            return [stem + new for new in given["endings"][ending]]
    return [_stem(word, given)]


def _stem(word: str, given: dict[str, Any]) -> str:
    for old, new in given["stems"].items():
        word = word.replace(old, new)
    return word
