"""The synthetic municipality: no real person is in it."""
