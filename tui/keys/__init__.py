"""What every key does, as one table, and how a reader changes it. Knows no screen."""
