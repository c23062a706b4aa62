"""Recognises names in a text by the trained encoder, by rules and lists, or by a spaCy pipeline."""
