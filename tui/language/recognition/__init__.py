"""Names in a text: by the trained encoder, by rules and lists, or by a pipeline of spaCy."""
