"""Across articles: which event mentions tell of the same event, and when was this written."""
