"""Walking networks, homes, services, heights and people from files: all or nothing, with a report."""
