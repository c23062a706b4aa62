"""The three panes of the reader: they draw what they are given and know neither store nor each
other."""
