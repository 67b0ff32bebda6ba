"""Event tables of the field, one importer a file."""
