"""Widgets: lists, panes and lines."""
