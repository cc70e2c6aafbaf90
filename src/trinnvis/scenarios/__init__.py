"""Scenario sets (scenariosett): what planners chose, kept by name, shared, and drawn for pages and packs."""
