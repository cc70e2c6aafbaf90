"""Writes: `requests` for people, `work` for those who do the work."""
