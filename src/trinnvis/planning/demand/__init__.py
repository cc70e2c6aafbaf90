"""How many will need which care, and what it takes (behovsframskriving). Method: docs/methods/demand.md."""
