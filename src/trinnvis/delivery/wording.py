"""The sentences that say what the figures of capacity show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trinnvis import formats
from trinnvis.policy.model import Policy

from .queries.figures import KindFigures
from .queries.overview import MonthHours, Overview, UnitFigures
from .rules.forecast import Outlook, YearEnd
from .rules.hours import Compared
from .rules.places import Waiting

MILLION, THOUSAND = Decimal(1_000_000), Decimal(1000)


def money(nok: Decimal) -> str:
    """Kroner as one says them: "21,6 millioner kr", "820 000 kr"."""
    if abs(nok) >= MILLION:
        return _("%(number)s millioner kr") % {"number": formats.number(nok / MILLION, 1)}
    return formats.kroner((nok / THOUSAND).quantize(Decimal(1)) * THOUSAND)


def working_hours(hours: Decimal) -> str:
    return _("%(number)s arbeidstimer") % {"number": formats.number(hours, 0)}


def month_name(day: date) -> str:
    """A month in words: "oktober 2026"."""
    return date_format(day, "F Y")


def hours_sentence(sums: Compared | None, policy: Policy) -> str:
    """What the three hours say, for the services where all three are known."""
    if sums is None:
        return _("Innvilgede, planlagte og utførte timer kan ikke sammenlignes: ingen tjeneste har alle tre.")
    text = _(
        "Av %(granted)s innvilgede timer ble %(planned)s planlagt og %(executed)s utført: "
        "%(share)s av det som er innvilget."
    ) % {
        "granted": formats.number(sums.granted, 0),
        "planned": formats.number(sums.planned, 0),
        "executed": formats.number(sums.executed, 0),
        "share": formats.percent(sums.executed / sums.granted) if sums.granted else formats.MISSING,
    }
    if sums.left_out:
        text += " " + _("Ikke med, fordi tall mangler: %(services)s.") % {
            "services": formats.listed(service_titles(sums.left_out, policy))
        }
    return text


def overview_hours(found: Overview) -> str:
    """Which unit carries out least of what is granted."""
    known = [(u, u.compared) for u in found.units if u.compared is not None and u.compared.granted]
    if not known:
        return _("Ingen enhet har både innvilgede, planlagte og utførte timer for måneden.")
    granted = sum((c.granted for _u, c in known), Decimal(0))
    executed = sum((c.executed for _u, c in known), Decimal(0))
    least, sums = min(known, key=lambda pair: pair[1].executed / pair[1].granted)
    return _("%(share)s av de innvilgede timene ble utført. Lavest er %(unit)s med %(least)s.") % {
        "share": formats.percent(executed / granted),
        "unit": least.unit.title,
        "least": formats.percent(sums.executed / sums.granted),
    }


def overview_money(found: Overview) -> str:
    """How many units are heading over budget, and which the most."""
    return _over(
        [(u, u.year_end.nok) for u in found.units if u.year_end],
        money,
        _("Ingen enhet har både budsjett og prognose i kroner."),
    )


def overview_working_hours(found: Overview) -> str:
    return _over(
        [(u, u.year_end.hours) for u in found.units if u.year_end],
        working_hours,
        _("Ingen enhet har både budsjett og prognose i timer."),
    )


def _over(each: Sequence[tuple[UnitFigures, Outlook]], say: object, nothing: str) -> str:
    known = [(unit, outlook.left) for unit, outlook in each if outlook.left is not None]
    if not known:
        return nothing
    over = [(unit, -left) for unit, left in known if left < 0]
    if not over:
        return _("Alle %(count)s enheter med budsjett ligger an til å holde det.") % {"count": len(known)}
    most, gap = max(over, key=lambda pair: pair[1])
    return ngettext(
        "%(over)s av %(count)s enheter ligger an til å bruke mer enn budsjettet: %(unit)s, %(gap)s over.",
        "%(over)s av %(count)s enheter ligger an til å bruke mer enn budsjettet. "
        "Mest over er %(unit)s, med %(gap)s.",
        len(over),
    ) % {
        "over": len(over),
        "count": len(known),
        "unit": most.unit.title,
        "gap": money(gap) if say is money else working_hours(gap),
    }


def year_end_money(found: YearEnd) -> str:
    return _outlook(found.nok, found, in_money=True)


def year_end_hours(found: YearEnd) -> str:
    return _outlook(found.hours, found, in_money=False)


def _outlook(each: Outlook, found: YearEnd, *, in_money: bool) -> str:
    say = money if in_money else working_hours
    if each.used is None or each.used_to is None:
        text = _("Ingenting er ført som brukt i %(year)s. Vedtakene tilsier %(expected)s for hele året.") % {
            "year": found.year,
            "expected": say(each.expected),
        }
    else:
        text = _(
            "%(used)s er brukt til og med %(day)s. Vedtakene som løper, tar %(ahead)s resten av %(year)s. "
            "Det blir %(expected)s."
        ) % {
            "used": say(each.used),
            "day": formats.long_date(each.used_to),
            "ahead": say(each.ahead),
            "year": found.year,
            "expected": say(each.expected),
        }
    return f"{text} {_against_budget(each, in_money=in_money)}"


def _against_budget(each: Outlook, *, in_money: bool) -> str:
    say = money if in_money else working_hours
    left, share = each.left, each.share_left
    if left is None:
        return _("Det er ikke lagt inn noe budsjett å holde det mot.")
    if left == 0 or share is None:
        return _("Det er det samme som budsjettet.") if left == 0 else _("Budsjettet er 0.")
    told = {"gap": say(abs(left)), "share": formats.percent(abs(share))}
    if left < 0:
        return _("Det er %(gap)s (%(share)s) over budsjettet.") % told
    return _("Det er %(gap)s (%(share)s) under budsjettet.") % told


def overview_places(found: Overview) -> str:
    """How many places are taken of those whose number is known, and how many wait."""
    known = [k for u in found.units for k in u.kinds if k.built is not None and k.taken is not None]
    if not known:
        return _("Ingen enhet har både registrerte plasser og vedtak om plass som kan vises.")
    text = _("%(taken)s av %(built)s plasser er i bruk etter vedtakene.") % {
        "taken": formats.number(sum((k.taken or 0 for k in known), Decimal(0)), 0),
        "built": sum(k.built or 0 for k in known),
    }
    return f"{text} {waiting_sentence([k for u in found.units for k in u.kinds])}"


def waiting_sentence(kinds: Sequence[KindFigures]) -> str:
    """How many wait, and how long the longest has waited."""
    waiting = [each for kind in kinds for each in (kind.waiting or ())]
    if not waiting:
        return _("Ingen er kjent å vente.") if all(k.waiting is not None for k in kinds) else ""
    longest = max(each.days for each in waiting)
    return ngettext(
        "%(count)s har vedtak om plass og venter på den; det lengste er %(days)s dager siden vedtaket.",
        "%(count)s har vedtak om plass og venter på den; det lengste er %(days)s dager siden vedtaket.",
        len(waiting),
    ) % {"count": len(waiting), "days": longest}


def places_sentence(kind: KindFigures) -> str:
    """One kind of place in one unit."""
    if kind.taken is None:
        return _("Så få har plass at tallet ikke vises.")
    taken = formats.number(kind.taken, 0 if kind.taken == kind.taken.to_integral_value() else 1)
    if kind.built is None:
        return _("%(taken)s plasser er i bruk. Hvor mange det er, er ikke registrert.") % {"taken": taken}
    free = kind.free or Decimal(0)
    told = {"taken": taken, "built": kind.built, "free": formats.number(abs(free), 0)}
    if free < 0:
        return (
            _("%(taken)s er innvilget, og det er %(built)s plasser: %(free)s mer enn det er plass til.")
            % told
        )
    return _("%(taken)s av %(built)s plasser er i bruk, %(free)s er ledige.") % told


def freed_sentence(kind: KindFigures) -> str:
    """When a place is next freed, as far as decisions tell, and how often it happened the last year."""
    parts = []
    if kind.freed:
        parts.append(_("Neste kjente ledige plass: %(day)s.") % {"day": formats.long_date(kind.freed[0].on)})
    elif kind.freed is not None:
        parts.append(_("Ingen vedtak har en kjent slutt det neste året."))
    if kind.freed_last_year is not None:
        parts.append(
            ngettext(
                "%(count)s opphold ble avsluttet de siste 365 dagene.",
                "%(count)s opphold ble avsluttet de siste 365 dagene.",
                kind.freed_last_year,
            )
            % {"count": kind.freed_last_year}
        )
    return " ".join(parts)


def waits_for(each: Waiting) -> str:
    """Why somebody waits."""
    if each.why == "start":
        return _("starter %(day)s") % {"day": formats.short_date(each.starts_on)}
    return _("flere er innvilget enn det er plasser til")


def months_sentence(months: Sequence[MonthHours]) -> str:
    """The last month that has all three, against the same a year before where that is known."""
    known = [m for m in months if m.planned is not None and m.executed is not None and m.granted]
    if not known:
        return _("Ingen måned har både innvilgede, planlagte og utførte timer for alle tjenestene.")
    last = known[-1]
    executed = last.executed or Decimal(0)
    return _("I %(month)s ble %(share)s av de innvilgede timene utført: %(executed)s av %(granted)s.") % {
        "month": month_name(last.month),
        "share": formats.percent(executed / last.granted),
        "executed": formats.number(executed, 0),
        "granted": formats.number(last.granted, 0),
    }


def service_titles(codes: Sequence[str], policy: Policy) -> list[str]:
    titles = {service.code: service.title for service in policy.services}
    return [titles.get(code, code) for code in codes]
