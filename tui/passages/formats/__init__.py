"""One module for each import and export format of bookmarks."""
