"""The coordinator's page: a post's day on a line of time, and moving what is planned."""
