"""Why a simulation is not shown, not started or not gone on with."""

from __future__ import annotations


class NotFound(Exception):
    """There is no such run, or the actor may not know that there is: doors answer 404."""


class Stopped(Exception):
    """Somebody asked the run to stop; what is finished of it is kept."""


class Lost(Exception):
    """The run has been given to another worker, because this one had not been heard from."""
