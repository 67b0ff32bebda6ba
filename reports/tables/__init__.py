"""Event tables of the field, one importer a file."""

from dateline.reports.tables.check import check_table
from dateline.reports.tables.control import read_control
from dateline.reports.tables.layout import TableResult, restricted_licences
from dateline.reports.tables.reader import read_table, recognise

__all__ = [
    "TableResult",
    "check_table",
    "read_control",
    "read_table",
    "recognise",
    "restricted_licences",
]
