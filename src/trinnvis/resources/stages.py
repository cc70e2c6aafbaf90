"""What was granted (vedtatt), planned (planlagt) and done (utført) over the same days, side by side.

They are three different figures: among Norwegian municipalities much less is done than was granted. So they
are never summed, only compared, service by service and in the service's own unit.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from trinnvis.policy.price_rules import PER

from .lines import ServiceLine, Stage, run_of
from .use import HUNDREDTH, rounded


@dataclass(frozen=True)
class Gap:
    """One service in its own unit (`per`: hour, visit, day …). None: nothing is known of that stage."""

    service: str
    per: str
    granted: Decimal | None
    planned: Decimal | None
    executed: Decimal | None

    @property
    def executed_share(self) -> Decimal | None:
        """What was done over what was granted; None where either is unknown or nothing was granted."""
        if self.executed is None or not self.granted:
            return None
        return self.executed / self.granted


def gaps(lines: Iterable[ServiceLine], first: date, last: date) -> tuple[Gap, ...]:
    """Every service of the lines over the days first–last, by code."""
    amounts: dict[tuple[str, str], dict[Stage, Fraction]] = {}
    for line in lines:
        per = PER[line.unit]
        run = run_of(line, max(last, line.starts_on))
        start, end = max(first, run.first), min(last, run.last)
        quantity = run.quantity(per, start, end) if start <= end else Fraction(0)
        stages = amounts.setdefault((line.service, per), {})
        stages[line.stage] = stages.get(line.stage, Fraction(0)) + (quantity or Fraction(0))
    return tuple(
        Gap(service, per, *(_shown(stages.get(stage)) for stage in Stage))
        for (service, per), stages in sorted(amounts.items())
    )


def _shown(amount: Fraction | None) -> Decimal | None:
    return None if amount is None else rounded(amount, HUNDREDTH)
