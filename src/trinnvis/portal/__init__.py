"""The citizens' door: pages only."""
