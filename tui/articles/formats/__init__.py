"""One module for each file format that articles are read from."""
