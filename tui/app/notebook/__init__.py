"""The notebook screen."""
