"""A table's sums beside the public figures, as rows for the eye."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from trinnvis import formats
from trinnvis.ownfigures.published import SOURCE, published_users
from trinnvis.ownfigures.queries import Version
from trinnvis.ownfigures.rules.accounts import gross_of
from trinnvis.ownfigures.rules.ages import ALL, BANDS
from trinnvis.ownfigures.rules.codes import functions, group_titles
from trinnvis.ownfigures.rules.kinds import Kind
from trinnvis.ownfigures.rules.rows import OwnRow, part_of, sums

from .common import key_titles


@dataclass(frozen=True)
class Table:
    """headings for keys and numbers; rows of (key texts, number texts). sentence: what the table says."""

    keys: list[str]
    numbers: list[str]
    rows: list[tuple[list[str], list[str]]]
    sentence: str = ""


def comparison(municipality: str, kind: Kind, rows: Sequence[OwnRow]) -> Table:
    if kind is Kind.RECIPIENTS:
        return _recipients(municipality, rows)
    return _accounts(rows) if kind is Kind.ACCOUNTS else _staff(rows)


def replaced(kind: Kind, before: Version | None, rows: Sequence[OwnRow]) -> str:
    """What of the table that stands the file takes the place of."""
    held = before.rows if before else ()
    new = {part_of(kind, row) for row in rows}
    old = {part_of(kind, row) for row in held}
    gone, kept = _told(kind, old & new), _told(kind, old - new)
    if not old:
        return _("Det er ingen egne tall fra før.")
    told = _("Erstattes: %(parts)s.") % {"parts": gone} if gone else _("Ingen tall erstattes.")
    return f"{told} " + (_("Beholdes: %(parts)s.") % {"parts": kept} if kept else "")


def _told(kind: Kind, parts: set[tuple[object, ...]]) -> str:
    if kind is not Kind.RECIPIENTS:
        return formats.listed(str(part[0]) for part in sorted(parts, key=str))
    titles = group_titles()
    by_service: dict[str, list[str]] = {}
    for year, service in sorted(parts, key=str):
        by_service.setdefault(titles.get(str(service), str(service)), []).append(str(year))
    return formats.listed(f"{title} {', '.join(years)}" for title, years in by_service.items())


def _recipients(municipality: str, rows: Sequence[OwnRow]) -> Table:
    held = {(row.year, row.keys[0], row.keys[1]): row for row in rows}
    found = []
    compared = far = 0
    for (year, service, band), row in sorted(held.items(), key=_in_order):
        public = published_users(municipality, service, year).get(band)
        users = row.values[0]
        difference = None if public is None or users is None else users - Decimal(str(public))
        compared += difference is not None
        far += difference is not None and abs(difference) > max(Decimal(3), Decimal(str(public)) / 10)
        hidden = _("skjult") if users is None else formats.number(users)
        own = f"{hidden} ({_('delt')})" if row.derived else hidden
        numbers = [own, formats.number(public), _signed(difference), formats.number(row.values[1], 0)]
        found.append(([str(year), *key_titles(Kind.RECIPIENTS, row.keys)], numbers))
    if not compared:
        told = _("Ingen av tallene har et offentlig tall å holdes opp mot.")
    elif far:
        told = _(
            "%(far)s av %(all)s tall er mer enn en tidel fra det offentlige. Er noe telt på en annen måte?"
        )
        told = told % {"far": far, "all": compared}
    else:
        told = _("Alle %(all)s tall som kan sammenlignes, er nær de offentlige.") % {"all": compared}
    return Table(
        [_("År"), _("Tjeneste"), _("Alder")],
        [_("Brukere i fila"), _("Brukere etter %(source)s") % {"source": SOURCE}, _("Forskjell"), _("Timer")],
        found,
        told,
    )


def _in_order(item: tuple[tuple[int, str, str], OwnRow]) -> tuple[int, int, int]:
    (year, service, band), _row = item
    return year, list(group_titles()).index(service), [*BANDS, ALL].index(band)


def _accounts(rows: Sequence[OwnRow]) -> Table:
    gross, everything = gross_of(tuple(rows)), sums(rows)
    titles = {one.code: f"{one.code} {one.title}" for one in functions()}
    found = [
        (
            [str(year), titles[code]],
            [formats.kroner(gross.get((year, code))), formats.kroner(everything[year, code])],
        )
        for year, code in sorted(everything)
    ]
    told = _("Brutto er art 010–499 og 590 (lønn, kjøp, avskrivninger). Inntekter er ikke trukket fra.")
    return Table([_("År"), _("Funksjon")], [_("Brutto driftsutgifter"), _("Sum av alle arter")], found, told)


def _staff(rows: Sequence[OwnRow]) -> Table:
    by_unit = sums(rows)
    found = [
        ([str(year), unit or formats.MISSING], [formats.number(total, 1)])
        for (year, unit), total in sorted(by_unit.items())
    ]
    years = sorted({year for year, _unit in by_unit})
    told = " ".join(
        _("%(year)s: %(sum)s årsverk i alt.")
        % {"year": year, "sum": formats.number(sum(t for (y, _u), t in by_unit.items() if y == year), 1)}
        for year in years
    )
    return Table([_("År"), _("Enhet eller tjeneste")], [_("Årsverk")], found, told)


def _signed(value: Decimal | None) -> str:
    return f"+{formats.number(value)}" if value is not None and value > 0 else formats.number(value)
