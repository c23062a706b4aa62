"""The reader screen and a controller for each of its features."""
