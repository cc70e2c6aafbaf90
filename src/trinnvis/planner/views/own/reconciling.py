"""The forecast's base year beside the accounts and the person-years (avstemming), in rows and sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from trinnvis import formats
from trinnvis.ownfigures.queries import Version
from trinnvis.ownfigures.rules.codes import source
from trinnvis.ownfigures.rules.kinds import Kind
from trinnvis.ownfigures.rules.reconciling import Compared, compared, staff_to_compare, whole, year_to_compare
from trinnvis.planning.demand.choices import Choices
from trinnvis.planning.demand.means import person_years
from trinnvis.planning.demand.sums import nok_by_service
from trinnvis.scenarios.computing import compute, library_here
from trinnvis.trouble import Trouble


@dataclass(frozen=True)
class Reconciled:
    """rows: (part, functions, accounts, computed, ratio). sentences: how far off, and why it may be."""

    base_year: str
    rows: list[tuple[str, str, str, str, str]]
    staff: tuple[str, str, str] | None
    sentences: list[str]
    source: str


def reconciled(municipality: str, held: Mapping[Kind, Version | None]) -> Reconciled | None:
    """None where there are neither accounts nor staff. Computed with own recipients where there are any."""
    accounts, staff, recipients = (held[kind] for kind in (Kind.ACCOUNTS, Kind.STAFF, Kind.RECIPIENTS))
    account_rows, staff_rows = (one.rows if one else () for one in (accounts, staff))
    if not account_rows and not staff_rows:
        return None
    own = recipients.revision if recipients and recipients.rows else None
    try:
        found = compute(Choices(municipality, own=own), library_here())
    except Trouble as trouble:
        return Reconciled("", [], None, [f"{trouble} {trouble.remedy}".strip()], source())
    base = found.base_year
    nok = nok_by_service(found.constant)[0]
    computed = {
        service.code: Decimal(str(round(amount)))
        for service, amount in zip(found.basis.services, nok, strict=True)
    }
    sentences, rows = [], []
    if year := year_to_compare(account_rows, base):
        both = compared(account_rows, year, computed)
        rows = [_row(one) for one in both]
        sentences += _about_money(whole(both), year, base, found.basis.price_year)
    counted = None
    if found_staff := staff_to_compare(staff_rows, base):
        year, have = found_staff
        need = Decimal(str(round(person_years(found, found.constant)[0], 1)))
        counted = (formats.number(have, 1), formats.number(need, 1), _ratio(need / have if have else None))
        told = _("Kommunen har %(have)s årsverk i %(year)s. Framskrivingen regner %(need)s i %(base)s.")
        sentences.append(told % {"have": counted[0], "year": year, "need": counted[1], "base": base})
    return Reconciled(str(base), rows, counted, sentences, source())


def _row(one: Compared) -> tuple[str, str, str, str, str]:
    codes = formats.listed(each.code for each in one.functions)
    computed = _("regnes ikke") if one.computed is None else formats.kroner(one.computed)
    return one.title, codes or formats.MISSING, formats.kroner(one.accounts), computed, _ratio(one.ratio)


def _about_money(all_parts: Compared, year: int, base: int, price_year: int) -> list[str]:
    if all_parts.ratio is None:
        return [_("Regnskapet har ingen funksjoner som framskrivingen regner kroner for.")]
    off = all_parts.ratio - 1
    word = _("over") if off > 0 else _("under")
    told = [
        _("Kalkulatoren regner %(computed)s der begge har tall, og regnskapet for %(year)s viser "
          "%(accounts)s. Kalkulatoren ligger %(share)s %(word)s.")
        % {"computed": formats.kroner(all_parts.computed), "accounts": formats.kroner(all_parts.accounts),
           "year": year, "share": formats.percent(abs(off)), "word": word}
    ]  # fmt: skip
    if year not in (base, price_year) or base != price_year:
        told.append(
            _("Regnskapet er fra %(year)s, behovet fra %(base)s og prisene fra %(price_year)s. Lønns- og "
              "prisvekst mellom dem er med i forskjellen.")
            % {"year": year, "base": base, "price_year": price_year}
        )  # fmt: skip
    return told


def _ratio(ratio: Decimal | None) -> str:
    return formats.percent(ratio) if ratio is not None else formats.MISSING
