"""The pages of the citizens' door, by theme."""
