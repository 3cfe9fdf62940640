"""Several articles on one story: which print the same text, which passages they share, and what each does with them."""
