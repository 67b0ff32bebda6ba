"""Bytes to text: byte order marks, encodings, and files that mix two of them."""

from __future__ import annotations

import codecs
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["decode"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 200_000
_LEGACY = ["cp1251", "cp1252", "cp1250", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258"]
_LEGACY += ["koi8_u", "koi8_r", "gb18030", "big5", "cp932", "euc_jp", "cp949", "iso8859_2"]

_LATIN_ENDS = 0x24F
_BY_SCRIPT = {
    "CYRILLIC": ["cp1251", "koi8_u", "koi8_r"],
    "HEBREW": ["cp1255"],
    "ARABIC": ["cp1256"],
    "CJK": ["gb18030", "big5", "cp932"],
    "HIRAGANA": ["cp932", "euc_jp"],
    "KATAKANA": ["cp932", "euc_jp"],
    "HANGUL": ["cp949"],
}
"""The legacy encodings that a file can have beside UTF-8, by the script of its letters in UTF-8."""


def decode(
    data: bytes, name: str, *, declared: str | None = None
) -> tuple[str, list[str], list[int]]:
    """Return text of bytes in any usual encoding.

    Parameters
    ----------
    data
        The bytes of a file.
    name
        Name shown in notes.
    declared
        The encoding that the file or its server claims; believed where the bytes are not UTF-8.

    Returns
    -------
    tuple
        The text without byte order mark; notes on what was guessed; numbers, from 1, of the lines
        that are in another encoding than the rest.
    """
    marked = next((entry for entry in _MARKS if data.startswith(entry[0])), None)
    mark, encoding = marked or (b"", _wide(data) or "utf-8")
    data = data[len(mark) :]
    if encoding != "utf-8":
        return data.decode(encoding, "replace"), [f"read as {encoding}"], []
    try:
        return data.decode("utf-8"), [], []
    except UnicodeDecodeError:
        pass
    if declared and _is_known(declared):
        return data.decode(declared, "replace"), [f"{name} is read as {declared}, as it says"], []
    return _narrow(data, name)


def _is_known(encoding: str) -> bool:
    """Tell whether an encoding is one of texts, and none of Unicode, which the bytes are not."""
    try:
        found = codecs.lookup(encoding)
    except (LookupError, ValueError):
        return False
    return found._is_text_encoding and not found.name.startswith("utf")  # noqa: SLF001 (no other way)


def _wide(data: bytes) -> str | None:
    """Return the UTF-16 that text without a mark is in: of Latin text every other byte is NUL."""
    sample = data[:4000]
    if len(sample) < 4 or not sample.count(0):  # noqa: PLR2004 (two characters)
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > len(sample) // 4 and not even:
        return "utf-16-le"
    return "utf-16-be" if even > len(sample) // 4 and not odd else None


def _narrow(data: bytes, name: str) -> tuple[str, list[str], list[int]]:
    """Return text that is in another encoding than UTF-8, or in both by turns."""
    lines = data.split(b"\n")
    bad = [i for i, line in enumerate(lines) if not _is_utf8(line)]
    beside = b"\n".join(line for line in lines if _is_utf8(line))[:_SAMPLE].decode(
        "utf-8", "ignore"
    )
    encoding = _guess((lines[i] for i in bad), _of_script(beside) or _LEGACY)
    good = sum(1 for i, line in enumerate(lines) if line and not line.isascii()) - len(bad)
    if not good:
        return data.decode(encoding, "replace"), [f"{name} is read as {encoding}, not UTF-8"], []
    for i in bad:
        lines[i] = lines[i].decode(encoding, "replace").encode()
    note = f"{name} mixes encodings: {len(bad)} lines are read as {encoding}, the rest as UTF-8"
    return b"\n".join(lines).decode("utf-8"), [note], [i + 1 for i in bad]


def _is_utf8(line: bytes) -> bool:
    """Tell whether a line is valid UTF-8."""
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _of_script(text: str) -> list[str] | None:
    """Return the legacy encodings of the script that most letters of a text have; null for Latin."""
    letters = Counter(
        unicodedata.name(sign, "").partition(" ")[0] for sign in text if ord(sign) > _LATIN_ENDS
    )
    return _BY_SCRIPT.get(letters.most_common(1)[0][0]) if letters else None


def _guess(lines: Iterable[bytes], encodings: list[str]) -> str:
    """Return the likeliest of some legacy encodings of lines that are not UTF-8."""
    from charset_normalizer import from_bytes

    sample = b"\n".join(lines)[:_SAMPLE]
    best = from_bytes(sample, cp_isolation=encodings).best()
    return best.encoding if best else encodings[0] if encodings is not _LEGACY else "cp1252"
