"""Sources of table rows: publishers, addresses, titles, with the licence of whoever made the table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dateline.reports.tables.layout import terms

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["addresses", "reference"]

_ADDRESS = re.compile(r"https?://[^\s,;<>\"'|]+")
_MEMBERS = ("publisher", "url", "published", "title", "excerpt")


def addresses(text: str | None) -> list[str]:
    """Return the addresses in a text, each once, in order."""
    return list(dict.fromkeys(_ADDRESS.findall(text or "")))


def reference(layout: str, **members: str | None) -> dict[str, Any]:
    """Return one source with the licence of a layout; its publisher where no other is known.

    Parameters
    ----------
    layout
        Name of the layout, for its terms.
    members
        publisher, url, published, title and excerpt as far as they are known.
    """
    own = terms(layout)
    source = {name: members[name] for name in _MEMBERS if members.get(name)}
    if "publisher" not in source and own.get("publisher"):
        source["publisher"] = own["publisher"]
    if own.get("licence"):
        source["licence"] = own["licence"]
    return source


def linked(layout: str, texts: Iterable[str | None], **members: str | None) -> list[dict[str, Any]]:
    """Return one source for each address in some texts; one without an address if there is none."""
    found = list(dict.fromkeys(url for text in texts for url in addresses(text)))
    return [reference(layout, url=url, **members) for url in found] or [
        reference(layout, **members)
    ]
