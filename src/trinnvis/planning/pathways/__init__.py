"""Pathways (forløp) of a persona, priced by the resource calculator. Method: docs/methods/pathways.md."""
