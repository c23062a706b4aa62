"""Events: extraction, coreference across articles, summaries and the timeline."""
