"""Simulations planners have asked for (simuleringer): run in the background, kept, and drawn for pages."""
