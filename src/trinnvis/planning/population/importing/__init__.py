"""Population figures from files: SSB's formats and our own, all or nothing, with a report."""
