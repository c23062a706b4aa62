"""The state of reading a library: positions, named places and settings."""
