"""The screens: the library itself, and what opens over it."""
