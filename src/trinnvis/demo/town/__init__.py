"""An invented town (oppdiktet tettsted) for the walking analysis: Lunner's four settlements by size and
place, with made-up streets, heights and services,
where the people of the demo live in the demo's own dwellings."""
