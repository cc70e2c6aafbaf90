"""The pages of the five-minute town."""
