"""How dates are written where Django's own formats are ambiguous at a border."""
