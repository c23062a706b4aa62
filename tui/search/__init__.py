"""Search: what the reader types, filters, and the full-text index."""
