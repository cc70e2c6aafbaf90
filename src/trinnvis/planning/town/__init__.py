"""The five-minute town (5-minutters tettsted): who reaches what on foot, on the real network, with slope.

`network` and `building` hold the ways, `snapping` fastens points to them, `walking` says what a metre costs
whom, `searching` finds the nearest service, `running` does it for a whole town and `tables` adds it up.
`plans` changes a town step by step and `comparing` tells gains from losses.

SciPy is imported where it is used: it takes a sixth of what the program does before the site answers, and
only these calculations use it.
"""
