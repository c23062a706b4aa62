"""The notebook's way out and in: one file for each format, and the merge."""
