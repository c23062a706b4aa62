"""Across articles: who is who, what tells of the same event, and when was this written."""
