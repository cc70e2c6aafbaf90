"""Why a price service says no; each carries words for the person who tried."""

from __future__ import annotations

from collections.abc import Sequence

from .rules.faults import RowFault


class PricingError(Exception):
    """Base of all refusals; `str(error)` is fit to show."""


class NotFound(PricingError):
    """There is no such list, draft or row: doors answer 404."""


class Refused(PricingError):
    """It is not possible now; the text says why and what to do."""


class Faulty(PricingError):
    """Something typed or uploaded is wrong; `faults` names each field or line. Nothing was stored."""

    def __init__(self, faults: Sequence[RowFault]) -> None:
        super().__init__(" ".join(fault.told() for fault in faults))
        self.faults = tuple(faults)


class Conflict(PricingError):
    """Someone saved first. `current` is what stands now; nothing of yours is stored."""

    def __init__(self, message: str, current: object) -> None:
        super().__init__(message)
        self.current = current
