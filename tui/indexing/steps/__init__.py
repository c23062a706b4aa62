"""The steps of a run: catalogue, dates, analysis, notebook."""
