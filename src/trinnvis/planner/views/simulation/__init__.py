"""Simulations: asking for one, following it, and its result."""
