"""Time expressions (TIMEX3), calendar dates (EDTF), and when an article was written."""
