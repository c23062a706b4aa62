"""Dateline: a terminal reader that turns a pile of news articles into one story."""

__version__ = "0.2.0"
