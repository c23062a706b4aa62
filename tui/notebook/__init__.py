"""What the reader did: read marks and libraries opened. Never disposable."""
