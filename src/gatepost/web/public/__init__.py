"""What anyone may read without logging in: the guide made from the live description (CT-01)."""
