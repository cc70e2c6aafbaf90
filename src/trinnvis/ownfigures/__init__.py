"""The municipality's own figures (egne tall): recipients, accounts and staff, taken in from its own systems.

Sums only. A file that seems to hold persons is refused before anything of it is kept.
"""
