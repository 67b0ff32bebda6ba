"""Data of the basemap and of the sides' looks; see README.md."""
