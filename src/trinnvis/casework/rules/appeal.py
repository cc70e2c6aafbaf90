"""Which right of appeal a decision carries: the longest its legal bases give, counted from the notice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from trinnvis.marking import gettext_noop as _
from trinnvis.policy.model import Policy, Service

from .deadlines import counted_from
from .lines import Translate


@dataclass(frozen=True)
class Appeal:
    """`rule`: policy DeadlineRule code, "" when there is none. `by`: the last day. `why`: how counted.

    `unknown`: the law gives a right of appeal, but no rule in the policy tells its length on the day.
    """

    rule: str
    by: date | None
    why: str
    unknown: bool = False


def appeal_of(
    services: Iterable[Service], policy: Policy, notice_on: date, translate: Translate = str
) -> Appeal:
    """The appeal period (klagefrist) for a decision on these services whose notice goes out on a date."""
    bases = {code for service in services for code in service.legal_bases}
    rules = {
        basis.appeal_rule
        for basis in policy.legal_bases
        if basis.code in bases and basis.is_valid(notice_on) and basis.appeal_rule
    }
    counted = [counted_from(policy, rule, notice_on) for rule in sorted(rules)]
    deadlines = [deadline for deadline in counted if deadline]
    if len(deadlines) < len(counted):
        why = translate(
            _(
                "Klagefristen kan ikke regnes ut, for ingen vedtatt regel for klage gjelder på denne datoen. "
                "Si fra til den som har ansvar for kommunens regler i Trinnvis."
            )
        )
        return Appeal("", None, why, unknown=True)
    if not deadlines:
        why = translate(_("Hjemlene for tjenestene gir ingen klagefrist i kommunens vedtatte regler."))
        return Appeal("", None, why)
    longest = max(deadlines, key=lambda deadline: deadline.due)
    if len(deadlines) == 1:
        return Appeal(longest.rule, longest.due, longest.why)
    several = translate(
        _("Vedtaket bygger på lover med ulik klagefrist. Den lengste gjelder for hele vedtaket.")
    )
    return Appeal(longest.rule, longest.due, f"{longest.why} {several}")
