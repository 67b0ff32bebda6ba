"""Report text made fit for a page: no control characters, no direction overrides, no endless strings.

This is tidiness, not the defence: the page writes text with `textContent` only, under a policy that
runs no script but its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["clean", "clean_all", "host_of", "web_address", "web_addresses"]

_LINE_BREAKS = re.compile("\r\n|[\r\u0085\u2028\u2029\x0b\x0c]")
# controls; direction overrides, embeddings and isolates (Unicode TR 36, 2.5); lone surrogates; noncharacters
_UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\r\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_LONGEST_ADDRESS = 2000
_ADDRESS = re.compile(
    "https?://([^\\s/?#@:<>\"'`\\\\\x00-\x1f\x7f-\x9f]+)(?::\\d+)?(?:[/?#][^\\s<>\"'`\\\\\x00-\x1f\x7f-\x9f]*)?",
    re.IGNORECASE,
)
_PLAIN_ADDRESSES = re.compile(
    r"(?:(?:https?://[a-z0-9.-]++(?:/[\w./%?=&+,;~#:-]*+)?)?\n)*+", re.ASCII | re.IGNORECASE
)


def clean(text: object, longest: int = 500) -> str:
    """Return `text` without what could disturb a page, cut to `longest` characters.

    Parameters
    ----------
    text
        Anything; null becomes the empty string.
    longest
        Characters kept; what is cut is replaced by an ellipsis.

    Returns
    -------
    str
        Text with line feeds as its only control characters.
    """
    words = "" if text is None else str(text)
    if len(words) > longest:
        words = words[: longest - 1] + "…"
    if _UNFIT.search(words):
        words = _UNFIT.sub("", _LINE_BREAKS.sub("\n", words))
    return words


def clean_all(texts: Iterable[object], longest: int = 500) -> list[str]:
    """Return every text of `texts` cleaned; quick where there is nothing to do."""
    words = ["" if text is None else str(text) for text in texts]
    if max(map(len, words), default=0) <= longest and not _UNFIT.search("".join(words)):
        return words
    return [clean(text, longest) for text in words]


def web_address(text: object) -> str:
    """Return `text` if it is an address of the web (http or https), else the empty string.

    Addresses with a user name before the host are refused: they mislead about where they lead.
    """
    words = str(text).strip() if text else ""
    return words if len(words) <= _LONGEST_ADDRESS and _ADDRESS.fullmatch(words) else ""


def web_addresses(texts: Sequence[object]) -> list[str]:
    """Return every text of `texts` that is an address of the web, others empty; quick where all are plain."""
    words = [text if isinstance(text, str) else "" for text in texts]
    joined = "\n".join(words) + "\n"
    if max(map(len, words), default=0) <= _LONGEST_ADDRESS and _PLAIN_ADDRESSES.fullmatch(joined):
        return words
    return [web_address(text) for text in texts]


def host_of(address: str) -> str:
    """Return the host of a web address without `www.`, the empty string where there is none."""
    found = _ADDRESS.match(address)
    return found[1].lower().removeprefix("www.") if found else ""
