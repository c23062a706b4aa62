"""`config.toml`: what the reader may set."""
