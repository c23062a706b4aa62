"""The Textual app, and the only place that imports textual."""
