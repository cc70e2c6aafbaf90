"""Numbers, dates and amounts as a Norwegian reader expects them, in pages, letters and figures alike.

A missing value is shown as an en dash, never as 0. Spaces inside a value never break (U+00A0) and the
minus sign is U+2212. Dates follow the active language's month names.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext

MISSING = "–"
SPACE = "\u00a0"
MINUS = "\u2212"
COUNTED_IN_DAYS = 60  # a deadline further away is told in months
DAYS_IN_MONTH = 30.44

Number = Decimal | int | float


def number(value: Number | None, decimals: int | None = None) -> str:
    """`182300` as "182 300", `4.5` as "4,5"; `decimals` None keeps those the value has, without end zeros."""
    if value is None or value == "":
        return MISSING
    exact = Decimal(str(value))
    if decimals is not None:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    whole, _, fraction = f"{abs(exact):f}".partition(".")
    if decimals is None:
        fraction = fraction.rstrip("0")
    groups = f"{int(whole):,}".replace(",", SPACE)
    negative = exact < 0 and (int(whole) or fraction.strip("0"))
    return f"{MINUS if negative else ''}{groups}{',' + fraction if fraction else ''}"


def kroner(value: Number | None) -> str:
    """Whole kroner: "182 300 kr"."""
    return MISSING if value is None or value == "" else f"{number(value, 0)}{SPACE}kr"


def hours(value: Number | None) -> str:
    """Hours with at most one decimal: "4,5 timer", "1 time"."""
    if value is None or value == "":
        return MISSING
    rounded = Decimal(str(value)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    unit = gettext("time") if abs(rounded) == 1 else gettext("timer")
    return f"{number(rounded)}{SPACE}{unit}"


def amount(value: Number | None, unit: str | None) -> str:
    """How much of a service, as the citizen reads it: "3,5 timer i uken", "1 plass". `unit`: AmountUnit."""
    if value is None or value == "" or not unit:
        return MISSING
    exact = Decimal(str(value))
    if exact == exact.to_integral_value():
        exact = exact.quantize(Decimal(1))
    many = 1 if exact == 1 else 2
    words = {
        "hours_per_week": ngettext("time i uken", "timer i uken", many),
        "visits_per_week": ngettext("besøk i uken", "besøk i uken", many),
        "days_per_week": ngettext("dag i uken", "dager i uken", many),
        "portions_per_week": ngettext("porsjon i uken", "porsjoner i uken", many),
        "days": ngettext("døgn", "døgn", many),
        "places": ngettext("plass", "plasser", many),
        "pieces": ngettext("stk.", "stk.", many),
        "months": ngettext("måned", "måneder", many),
        "times": ngettext("gang", "ganger", many),
    }
    return f"{number(exact)}{SPACE}{words[unit]}"


def listed(items: Iterable[str]) -> str:
    """Words in a row: "a", "a og b", "a, b og c"."""
    *first, last = list(items) or [""]
    return gettext("%(first)s og %(last)s") % {"first": ", ".join(first), "last": last} if first else last


def percent(share: Number | None, decimals: int = 0) -> str:
    """A share of one: 0.18 as "18 %"."""
    return (
        MISSING if share is None or share == "" else f"{number(Decimal(str(share)) * 100, decimals)}{SPACE}%"
    )


def local(value: date | datetime) -> date | datetime:
    """A moment in the municipality's own time; a plain date unchanged."""
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


def long_date(value: date | datetime | None) -> str:
    """22. november 2026"""
    if not value:
        return MISSING
    pattern = "j F Y" if get_language() == "en" else "j. F Y"
    return date_format(local(value), pattern).replace(" ", SPACE, 1)


def short_date(value: date | datetime | None) -> str:
    """22.11.2026"""
    return f"{local(value):%d.%m.%Y}" if value else MISSING


def clock(value: datetime | None) -> str:
    """kl. 14.05"""
    return gettext("kl. %(time)s") % {"time": f"{local(value):%H.%M}"} if value else MISSING


def due(deadline: date | datetime | None, on: date | datetime) -> str:
    """How far away a deadline is: "om 2 dager", "i dag", "3 dager over fristen"; far ahead in months."""
    if not deadline:
        return MISSING
    days = days_left(deadline, on)
    if days == 0:
        return gettext("i dag")
    if days == 1:
        return gettext("i morgen")
    if days > COUNTED_IN_DAYS:
        months = round(days / DAYS_IN_MONTH)
        return ngettext("om %(months)d måned", "om %(months)d måneder", months) % {"months": months}
    if days > 0:
        return ngettext("om %(days)d dag", "om %(days)d dager", days) % {"days": days}
    return ngettext("%(days)d dag over fristen", "%(days)d dager over fristen", -days) % {"days": -days}


def days_left(deadline: date | datetime, on: date | datetime) -> int:
    """Whole calendar days from `on` to the deadline in local time; negative when it has passed."""
    return (_day(deadline) - _day(on)).days


def _day(value: date | datetime) -> date:
    moment = local(value)
    return moment.date() if isinstance(moment, datetime) else moment


def identity_number(text: str | None) -> str:
    """An identity number for the eye: "010650 10093"."""
    return f"{text[:6]}{SPACE}{text[6:]}" if text else MISSING


def masked_identity_number(text: str | None) -> str:
    """Birth date shown, personal number hidden: "010650 •••••"."""
    return f"{text[:6]}{SPACE}•••••" if text else MISSING
