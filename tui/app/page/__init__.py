"""The page of one article: layout, motions, selection and drawing."""
