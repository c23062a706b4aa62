"""Text processing shared by the subjects: the document, sentences, word lists and the encoder."""
