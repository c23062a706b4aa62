"""Makes the model of names that the package ships; needs the extra `training`."""
