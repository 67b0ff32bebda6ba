"""Place data; README.md beside it gives the source and licence of each file."""
