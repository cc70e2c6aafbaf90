"""The forms of the citizens' door, by theme."""
