"""One module for each format in which a timeline is written."""
