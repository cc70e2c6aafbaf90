"""The staff's door: pages only."""
