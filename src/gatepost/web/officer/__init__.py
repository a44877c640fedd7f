"""The officer's pages: the work list of an agency at a post, the case, and what to do with it."""
