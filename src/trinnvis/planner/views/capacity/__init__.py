"""Pages of capacity and budget."""
