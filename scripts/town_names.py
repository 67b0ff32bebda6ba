"""Which of a place's alternate names is the one of a language: GeoNames' list has no language tags in the package."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import cache

from opencc import OpenCC
from pymorphy3 import MorphAnalyzer

__all__ = ["SCRIPTS", "names_by_language"]

SCRIPTS = {
    "ru": r"[Ѐ-ӿ]",
    "uk": r"[Ѐ-ӿ]",
    "ar": r"[؀-ۿ]",
    "fa": r"[؀-ۿ]",
    "he": r"[֐-׿]",
    "hi": r"[ऀ-ॿ]",
    "zh": r"[一-鿿]",
    "ja": r"[぀-ヿ一-鿿]",
    "ko": r"[가-힣]",
}
"""For each language that Latin letters do not serve, the letters of its script."""

# letters that a language does not have, though its script does
FOREIGN = {
    "ru": "іїєґўјљњћђџѓќѕқғңүұһөәӣӯҷҳӑӗӳҫҙҡѐѝӕ'’",
    "uk": "ыэъёўјљњћђџѓќѕқғңүұһөәӣӯҷҳӑӗӳҫҙҡѐѝӕ",
    "ar": "پچژگکیڤۀەێۆڕڵټډړږښګڼېۍےٹڈڑھہںۇۈۋڭئۅ",
    "fa": "يكةىڤەێۆڕڵټډړږښګڼېۍےٹڈڑہںۇۈۋڭإ",
}
# how each letter is romanised in the name's Latin forms (BGN/PCGN 1947 for Russian; the Cabinet of Ministers' table of 2010 for Ukrainian)
ROMAN = {
    "ru": dict(
        zip(
            "абвгдежзийклмнопрстуфхцчшщъыьэюяё",
            [
                "a",
                "b",
                "v",
                "g",
                "d",
                "e",
                "zh",
                "z",
                "i",
                "y",
                "k",
                "l",
                "m",
                "n",
                "o",
                "p",
                "r",
                "s",
                "t",
                "u",
                "f",
                "kh",
                "ts",
                "ch",
                "sh",
                "shch",
                "*",
                "y",
                "*",
                "e",
                "yu",
                "ya",
                "e",
            ],
            strict=True,
        )
    ),
    "uk": dict(
        zip(
            "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя'’",
            [
                "a",
                "b",
                "v",
                "h",
                "g",
                "d",
                "e",
                "ie",
                "zh",
                "z",
                "y",
                "i",
                "i",
                "i",
                "k",
                "l",
                "m",
                "n",
                "o",
                "p",
                "r",
                "s",
                "t",
                "u",
                "f",
                "kh",
                "ts",
                "ch",
                "sh",
                "shch",
                "*",
                "iu",
                "ia",
                "*",
                "*",
            ],
            strict=True,
        )
    ),
}


def names_by_language(place: dict[str, object], language: str) -> str | None:
    """Return the place's name in a language, None where no alternate name fits."""
    script = re.compile(f"^(?:{SCRIPTS[language]}|[\\s\\-'’.()])+$")
    letters = re.compile(SCRIPTS[language])
    names = [
        name for name in place["alternatenames"] if script.match(name) and letters.search(name)
    ]  # type: ignore[attr-defined]
    names = [name for name in names if not set(name.lower()) & set(FOREIGN.get(language, ""))]
    if language == "ja":
        kana = [name for name in names if re.search(r"[぀-ヿ]", name)]
        names = kana if kana and place["countrycode"] != "JP" else names
    if language == "zh":
        names = [_simplified().convert(name) for name in names]
    if not names:
        return None
    if language in ROMAN:
        return _by_romanisation(place, names, language)
    return min(names, key=lambda name: (len(name), name))


def _by_romanisation(place: dict[str, object], names: list[str], language: str) -> str:
    """Return the name that the language's dictionary knows, else the one romanised most like the main name."""
    main = _plain(str(place["name"]))
    latin = {_plain(str(name)) for name in place["alternatenames"]}  # type: ignore[attr-defined]
    table = ROMAN[language]

    words = _dictionary(language)

    def likeness(name: str) -> float:
        letters = [table.get(letter, letter) for letter in name.lower()]
        roman = _plain("".join(letters).replace("*", ""))
        known = all(words.word_is_known(part) for part in re.split(r"[\s-]+", name.lower()))
        return (
            4 * known
            + (roman in latin)
            + 2 * (roman == main)
            + SequenceMatcher(None, roman, main).ratio()
        )

    return max(names, key=likeness)


@cache
def _dictionary(language: str) -> MorphAnalyzer:
    """Return the dictionary of Russian or Ukrainian; large places stand in it."""
    return MorphAnalyzer(lang=language)


@cache
def _simplified() -> OpenCC:
    """Return what writes traditional Chinese in simplified signs; the list of names mixes both."""
    return OpenCC("t2s")


def _plain(name: str) -> str:
    """Return a Latin name without accents, apostrophes and capitals."""
    text = unicodedata.normalize("NFKD", name.lower())
    return re.sub(r"[^a-z ]", "", text)
