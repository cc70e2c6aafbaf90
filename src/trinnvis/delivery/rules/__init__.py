"""What holds of capacity, as pure functions."""
