"""What can be read out of one article's text: pure functions over plain data, no I/O but lists."""
