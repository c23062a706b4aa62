"""Drives reading, language and linking into the cache: what `dateline index` runs."""
