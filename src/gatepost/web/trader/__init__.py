"""The trader's pages: lodge, follow, put right."""
