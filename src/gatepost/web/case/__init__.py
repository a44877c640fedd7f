"""The parts of a case's page: the strip, the timeline, the plan, and why each is as it is."""
