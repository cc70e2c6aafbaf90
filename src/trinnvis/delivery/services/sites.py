"""Sites (steder) and the places they have."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from trinnvis import formats
from trinnvis.access.actor import Actor
from trinnvis.delivery.errors import Fault, NotFound
from trinnvis.delivery.models import PlaceKind, Places, Site
from trinnvis.delivery.queries.overview import known_unit
from trinnvis.policy.model import Policy

from .keeping import guard_unit, locked, put, record, source_faults, stop_at

MOST_PLACES = 5000


@transaction.atomic
def save_site(
    *,
    policy: Policy,
    unit: str,
    name: str,
    address: str,
    bought: bool,
    actor: Actor,
    now: datetime,
    pk: int | None = None,
    revision: int = 0,
) -> Site:
    """A new site of a unit, or a changed one (`pk`, and the `revision` that was read).

    Raises:
        NotFound, Refused, Conflict, Faulty.
    """
    known_unit(policy, unit)
    guard_unit(actor, unit)
    row = locked(Site, pk, revision) if pk else Site(unit=unit)
    if row.unit != unit:
        raise NotFound("site")
    faults = [] if name.strip() else [Fault(_("Skriv navnet på stedet."), "name")]
    if Site.objects.filter(unit=unit, name=name.strip()).exclude(pk=row.pk).exists():
        faults.append(Fault(_("Enheten har et sted med dette navnet fra før."), "name"))
    stop_at(faults)
    values = {"name": name.strip(), "address": address.strip(), "bought": bought}
    before, after = put(row, values, actor=actor, now=now)
    record("site_saved", row.name, before, after, unit=unit, actor=actor, now=now)
    return row


@transaction.atomic
def save_places(
    *,
    site_pk: int,
    kind_pk: int,
    number: int,
    valid_from: date,
    valid_to: date | None,
    source: str,
    status: str,
    actor: Actor,
    now: datetime,
    pk: int | None = None,
    revision: int = 0,
) -> Places:
    """Places of one kind at a site for a time; one number at a time for each site and kind.

    Raises:
        NotFound, Refused, Conflict, Faulty.
    """
    site = Site.objects.filter(pk=site_pk).first()
    kind = PlaceKind.objects.filter(pk=kind_pk).first()
    if site is None or kind is None:
        raise NotFound("site or kind")
    guard_unit(actor, site.unit)
    row = locked(Places, pk, revision) if pk else Places(site=site)
    if row.site_id != site.pk:
        raise NotFound("places")
    faults = source_faults(source, status)
    if not 0 <= number <= MOST_PLACES:
        faults.append(Fault(_("Antallet må være fra 0 til %(most)s.") % {"most": MOST_PLACES}, "number"))
    if valid_to is not None and valid_to < valid_from:
        faults.append(Fault(_("Siste dag kan ikke være før første dag."), "valid_to"))
    elif other := _overlapping(site, kind, valid_from, valid_to, row.pk):
        faults.append(
            Fault(
                _(
                    "Stedet har %(number)s plasser av denne typen fra %(day)s. Sett siste dag på dem først, "
                    "eller rett antallet der."
                )
                % {"number": other.number, "day": formats.short_date(other.valid_from)},
                "valid_from",
            )
        )
    stop_at(faults)
    values: dict[str, Any] = {
        "kind": kind,
        "number": number,
        "valid_from": valid_from,
        "valid_to": valid_to,
        "source": source.strip(),
        "status": status,
    }
    before, after = put(row, values, actor=actor, now=now)
    record("places_saved", f"{site.name}: {kind.title}", before, after, unit=site.unit, actor=actor, now=now)
    return row


def _overlapping(
    site: Site, kind: PlaceKind, first: date, last: date | None, pk: int | None
) -> Places | None:
    rows = Places.objects.filter(Q(valid_to=None) | Q(valid_to__gte=first), site=site, kind=kind)
    if last is not None:
        rows = rows.filter(valid_from__lte=last)
    return (rows if pk is None else rows.exclude(pk=pk)).first()
