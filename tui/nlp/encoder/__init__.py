"""The trained encoder: word features, WordPiece, inference and labels."""
