"""Personas of the municipality's own (egne personas): kept in versions, beside those that ship."""
