"""Documents that leave the system on paper, and what proves them without it."""
