"""What stands in the report of a study, in the order of the guide; how it looks is elsewhere."""
