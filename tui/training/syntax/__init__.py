"""Trains and scores the syntax encoder that the package ships; requires the extra `training`."""
