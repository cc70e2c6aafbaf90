"""Reads of capacity: sums only, never a name."""
