"""How many people, how old, in which municipality (befolkningsframskriving).

The method and how well it has done: docs/methods/population.md.
"""
