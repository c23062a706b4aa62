"""Entities: recognition, resolution within an article, clustering across articles, corrections."""
