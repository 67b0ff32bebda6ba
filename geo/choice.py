"""A choice of words as a regular expression that branches letter by letter: less of it to compile and to try."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["choice"]

_STEM = "*"
_GAP = " "
_END = ""  # no letter: where a word ends
_ENDS = {_END: "", _STEM: r"\w*"}

_Tree = dict[str, "_Tree"]


def choice(words: Iterable[str], gap: str) -> str:
    r"""Return the regular expression of a choice of words, the longest first to be tried.

    It tries them in the order in which `long|longer|...` would, so that it matches the same everywhere.

    Parameters
    ----------
    words
        Folded words and phrases; `*` at the end stands for any letters.
    gap
        The regular expression of what stands between the words of a phrase, which no letter matches.
    """
    tree: _Tree = {}
    for word in words:
        node = tree
        for sign in word.removesuffix(_STEM):
            node = node.setdefault(sign, {})
        node[_STEM if word.endswith(_STEM) else _END] = {}
    return _source(tree, gap)


def _source(tree: _Tree, gap: str) -> str:
    """Return the regular expression of a tree: of words that begin alike the longer go first."""
    branches = [
        (gap if sign == _GAP else re.escape(sign)) + _source(rest, gap)
        for sign, rest in tree.items()
        if sign not in _ENDS
    ]
    ends = [source for end, source in _ENDS.items() if end in tree]
    if branches and ends == [""]:
        return f"(?:{'|'.join(branches)})?"
    ways = [*branches, *ends]
    return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"
