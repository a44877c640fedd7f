"""English: the day before the month, and the month as a word."""
