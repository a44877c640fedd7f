"""The day of a post: what is due, who and what there is, the plan that is kept and its changes."""
