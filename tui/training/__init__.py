"""Trains and scores the encoder that the package ships; requires the extra `training`."""
