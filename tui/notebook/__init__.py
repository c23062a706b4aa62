"""The reader's own data: passages, read marks, places. Never disposable, never lost in silence."""
