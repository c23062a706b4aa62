"""Articles: from the bytes of a file to the rows of the cache."""
