"""The cast's own cases, told through the real services: what one sees first in the demo.

Each story is a module with `tell(scene)`. The moments are counted in working days back from today.
"""
