"""The syntax of a sentence: its words, their heads and tags, and the words that tell of events."""
