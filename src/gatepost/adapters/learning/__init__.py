"""Learning models from what was found; the only place that knows the library that does it."""
