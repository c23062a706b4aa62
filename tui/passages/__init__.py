"""Bookmarked passages: anchoring, storage, import and export."""
