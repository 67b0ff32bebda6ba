"""Compile the common words of each language into `geo/data/common_words.zip`: which known names are oftener words.

Needs the network for PyPI's `wordfreq` (word frequencies: CC BY-SA 4.0), unpacked and never run.
"""

from __future__ import annotations

import gzip
import math
import statistics
import tempfile
import unicodedata
import zipfile
from pathlib import Path

import msgpack
from packages import wheel

from dateline.geo.tokens import fold

TARGET = Path(__file__).parents[1] / "geo" / "data" / "common_words.zip"
SOURCE = "wordfreq==3.1.1"
LATIN = (
    "en",
    "de",
    "fr",
    "es",
    "pt",
    "it",
    "nl",
    "pl",
    "cs",
    "ro",
    "tr",
    "fi",
    "lv",
    "sv",
    "hu",
    "id",
    "ms",
    "vi",
)
OTHERS = ("ru", "uk", "ar", "fa", "he", "hi", "zh", "ja", "ko")
LEAST = 4.0  # on the Zipf scale: ten in a million words
CONTRAST = 1.0  # ten times oftener than in the median of the other languages: a word, not a name
DATED = (1980, 1, 1, 0, 0, 0)  # the same bytes each time


def frequencies(folder: Path, language: str) -> dict[str, float]:
    """Return the Zipf frequency (log10 per thousand million words) of each word of a language."""
    lists = sorted(folder.rglob(f"*_{language}.msgpack.gz"))  # large before small
    steps = msgpack.unpackb(gzip.decompress(lists[0].read_bytes()), raw=False)
    table: dict[str, float] = {}
    for centibels, words in enumerate(steps[1:]):  # the commonest first
        for word in words:
            table.setdefault(fold(word).lower(), 9 - centibels / 100)
    return table


def common(language: str, tables: dict[str, dict[str, float]]) -> dict[str, float]:
    """Return the words of a language that are common in it, and not names that are common everywhere."""
    others = [tables[other] for other in LATIN if other != language]
    return {
        word: zipf
        for word, zipf in tables[language].items()
        if zipf >= LEAST
        and all(unicodedata.category(sign)[0] in "LM" for sign in word)
        and not (
            language in LATIN
            and zipf - statistics.median(other.get(word, 0.0) for other in others) < CONTRAST
        )
    }


def main() -> None:
    """Build the file."""
    with tempfile.TemporaryDirectory() as temporary:
        wheel(SOURCE, Path(temporary), ".msgpack.gz")
        tables = {code: frequencies(Path(temporary), code) for code in (*LATIN, *OTHERS)}
    with zipfile.ZipFile(TARGET, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for language in sorted(tables):
            steps: dict[str, list[str]] = {}
            for word, zipf in common(language, tables).items():
                steps.setdefault(f"{math.floor(zipf * 10) / 10:.1f}", []).append(word)
            lines = [f"{zipf} {' '.join(sorted(words))}" for zipf, words in sorted(steps.items())]
            archive.writestr(
                zipfile.ZipInfo(f"{language}.txt", DATED), "\n".join(lines), zipfile.ZIP_DEFLATED, 9
            )
            print(language, sum(map(len, steps.values())))


if __name__ == "__main__":
    main()
