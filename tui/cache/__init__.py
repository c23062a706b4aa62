"""The parsed cache: SQLite in WAL mode. Disposable: all of it can be worked out again."""
