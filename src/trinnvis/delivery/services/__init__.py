"""The verbs of capacity: the only door for writes."""
