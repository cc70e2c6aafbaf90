"""Why a service of capacity says no; each carries words for the person who tried."""

from __future__ import annotations

from dataclasses import dataclass


class DeliveryError(Exception):
    """Base of all refusals; `str(error)` is fit to show."""


class NotFound(DeliveryError):
    """The thing does not exist, or this actor may not know that it does: doors answer 404."""


class Refused(DeliveryError):
    """This actor may not change this; the text says who may."""


class Conflict(DeliveryError):
    """Someone saved the same thing first; nothing of yours is stored."""


@dataclass(frozen=True)
class Fault:
    """One thing to put right. `field`: in a form; `row`: in a file, counted as a spreadsheet shows it."""

    message: str
    field: str = ""
    row: int | None = None


class Faulty(DeliveryError):
    """Something must be put right first; nothing is stored."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(" ".join(fault.message for fault in faults))
        self.faults = faults
