"""PostgreSQL databases as sources and targets: addresses, connections, and errors without passwords."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from dateline.errors import InputError, OutputError, SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from psycopg import Connection
    from psycopg.sql import Identifier

__all__ = ["Address", "connected", "is_database"]

_ADDRESS = re.compile(r"postgres(?:ql)?://", re.IGNORECASE)
_EXAMPLE = "postgresql://user@host/database?table=events"
_TABLE = "events"
_LONGEST = 63
"""Bytes of a name: PostgreSQL cuts longer ones off, and might so find another table."""

_SECRETS = frozenset({"password", "sslpassword", "oauth_client_secret"})
_SECONDS = "10"
_NO_DATABASE = {
    "42501": "ask the database's owner for the right, or use a schema of your own",
    "28P01": "give the password in ~/.pgpass or in PGPASSWORD",
    "2BP01": "something in the database is built on the table: choose another table",
    "53100": "the disk of the server is full",
}
_CONNECT = "check host, port, database and user; a password is best kept in ~/.pgpass"


def is_database(source: object) -> bool:
    """Tell whether a source or target is the address of a PostgreSQL database."""
    return isinstance(source, str) and _ADDRESS.match(source) is not None


@dataclass(frozen=True, slots=True)
class Address:
    """The address of one table.

    Attributes
    ----------
    connection
        What libpq is given: an address without our own parameter `table`. May hold a password, so its
        repr is left out.
    schema
        Schema of the table; null for the first of the server's search path.
    table
        Its name.
    shown
        The address as messages show it, without secrets.
    """

    connection: str = field(repr=False)
    schema: str | None
    table: str
    shown: str

    @classmethod
    def parse(cls, text: str) -> Address:
        """Return the address in `text`: libpq's own form, with `table=NAME` or `table=SCHEMA.NAME`.

        Raises
        ------
        InputError
            If it is none.
        """
        try:
            parts = urlsplit(text)
            pairs = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
            user, host = parts.username, parts.hostname
        except ValueError as error:
            raise InputError(f"an address such as {_EXAMPLE}", None, "check it") from error
        names = [value for key, value in pairs if key == "table"]
        schema, _, table = (names[-1] if names else _TABLE).rpartition(".")
        if len(names) > 1 or not table or len(table.encode()) > _LONGEST:
            raise InputError("one table, as table=NAME or table=SCHEMA.NAME", names)
        rest = [(key, value) for key, value in pairs if key != "table"]
        shown = [pair for pair in rest if pair[0] not in _SECRETS]
        query = urlencode([*shown, ("table", names[-1] if names else _TABLE)], safe="/.")
        at = f"{unquote(user)}@" if user else ""
        port = parts.netloc.rpartition("@")[2].partition(":")[2]
        where = f"{host or ''}{f':{port}' if port.isdigit() else ''}{parts.path}"
        return cls(
            connection=parts._replace(scheme="postgresql", query=urlencode(rest)).geturl(),
            schema=schema or None,
            table=table,
            shown=f"postgresql://{at}{where}?{query}",
        )

    def identifier(self) -> Identifier:
        """Return the table's name, quoted for SQL."""
        from psycopg.sql import Identifier

        return Identifier(*filter(None, (self.schema, self.table)))


@contextmanager
def connected(address: Address, *, writing: bool) -> Iterator[Connection[Any]]:
    """Give one transaction: kept when the block ends well, undone when it fails or the process dies.

    Parameters
    ----------
    address
        The table's.
    writing
        Whether errors are of a source or of an output; a source is opened read-only.

    Raises
    ------
    SourceError, OutputError
        If the server cannot be reached or refuses.
    """
    kind = OutputError if writing else SourceError
    psycopg = _driver(kind)
    step = _CONNECT
    try:
        with psycopg.connect(
            _with_timeout(address.connection), application_name="dateline"
        ) as connection:
            step = "see what the server says"
            connection.read_only = not writing
            yield connection
    except psycopg.Error as error:
        remedy = _NO_DATABASE.get(getattr(error, "sqlstate", None) or "", step)
        words = _words(error, address)
        expected = f"{address.shown} to {'take the events' if writing else 'be read'}"
        if writing:
            raise OutputError(f"expected {expected}, got {words!r}; {remedy}") from None
        raise SourceError(expected, words, remedy) from None


def _driver(kind: type[OutputError | SourceError]) -> Any:
    """Return the module that talks to PostgreSQL."""
    try:
        import psycopg
    except ImportError as error:
        raise kind(
            "expected the package psycopg for PostgreSQL, got none; pip install 'dateline-map[postgis]'"
        ) from error
    return psycopg


def _with_timeout(connection: str) -> str:
    """Return an address that gives up on a server that does not answer, unless it says when itself."""
    if "connect_timeout=" in connection:
        return connection
    return f"{connection}{'&' if '?' in connection else '?'}connect_timeout={_SECONDS}"


def _words(error: Exception, address: Address) -> str:
    """Return what the server said, on one line, the password taken out wherever it stands."""
    words = " ".join(str(error).split())
    parts = urlsplit(address.connection)
    secrets = [parts.password, *(v for k, v in parse_qsl(parts.query) if k in _SECRETS)]
    for secret in filter(None, secrets):
        for form in (secret, unquote(secret)):
            words = words.replace(form, "…")
    return words
