"""The ministry's pages: release times, who shares what with whom, and other ways to organise."""
