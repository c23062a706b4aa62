"""The commands. Those that need no screen import nothing of textual."""
