"""Price lists (prislister): look, draft, edit, take in a file, compare, adopt."""
