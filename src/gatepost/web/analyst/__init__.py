"""The analyst's pages: an agency's indicators, writing and trying one, and what each is worth."""
