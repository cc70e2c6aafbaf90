"""What holds for the whole municipality: kinds of places, and who carries out a service where."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from trinnvis.access.actor import Actor
from trinnvis.delivery.errors import Fault, NotFound
from trinnvis.delivery.models import PlaceKind, ServiceArea
from trinnvis.policy.model import Policy

from .keeping import check_revision, guard_set_up, locked, put, record, stop_at


@transaction.atomic
def save_kind(
    *,
    policy: Policy,
    title: str,
    housing_step: int,
    services: Sequence[str],
    actor: Actor,
    now: datetime,
    pk: int | None = None,
    revision: int = 0,
) -> PlaceKind:
    """A kind of place: its step on the housing ladder, and the services that fill it.

    Raises:
        NotFound, Refused, Conflict, Faulty.
    """
    guard_set_up(actor)
    row = locked(PlaceKind, pk, revision) if pk else PlaceKind()
    title = title.strip()
    faults = [] if title else [Fault(_("Skriv navnet på plasstypen."), "title")]
    others = list(PlaceKind.objects.exclude(pk=row.pk))
    if title in {other.title for other in others}:
        faults.append(Fault(_("Det finnes en plasstype med dette navnet."), "title"))
    if housing_step not in {step.number for step in policy.housing_ladder.steps}:
        faults.append(Fault(_("Velg et trinn på boligtrappen."), "housing_step"))
    known = {service.code: service.title for service in policy.services}
    taken = {code: other.title for other in others for code in other.services}
    if not services:
        faults.append(Fault(_("Velg minst én tjeneste som bruker plassene."), "services"))
    for code in services:
        if code not in known:
            faults.append(Fault(_("Tjenesten «%(code)s» finnes ikke.") % {"code": code}, "services"))
        elif code in taken:
            faults.append(
                Fault(
                    _("«%(service)s» bruker plassene «%(kind)s» fra før.")
                    % {"service": known[code], "kind": taken[code]},
                    "services",
                )
            )
    stop_at(faults)
    values = {"title": title, "housing_step": housing_step, "services": sorted(services)}
    before, after = put(row, values, actor=actor, now=now)
    record("kind_saved", title, before, after, unit="", actor=actor, now=now)
    return row


@transaction.atomic
def save_area(
    *, policy: Policy, service: str, settlement: str, unit: str, revision: int, actor: Actor, now: datetime
) -> ServiceArea:
    """Let a unit carry out a service for those who live in a settlement. `revision` is 0 when there was none.

    Raises:
        Refused, Conflict, Faulty.
    """
    guard_set_up(actor)
    faults = []
    if service not in {each.code for each in policy.services}:
        faults.append(Fault(_("Velg en tjeneste."), "service"))
    if unit not in {each.code for each in policy.units}:
        faults.append(Fault(_("Velg en enhet."), "unit"))
    if not settlement.strip():
        faults.append(Fault(_("Velg et tettsted."), "settlement"))
    stop_at(faults)
    settlement = settlement.strip()
    rows = ServiceArea.objects.select_for_update().filter(service=service, settlement=settlement)
    row = rows.first() or ServiceArea(service=service, settlement=settlement, revision=0)
    check_revision(row, revision)
    if row._state.adding:
        row.revision = 1
    before, after = put(row, {"unit": unit}, actor=actor, now=now)
    record("area_saved", f"{service}, {settlement}", before, after, unit="", actor=actor, now=now)
    return row


@transaction.atomic
def remove_area(*, pk: int, revision: int, actor: Actor, now: datetime) -> None:
    """The policy's own provider carries out the service there again.

    Raises:
        NotFound, Refused, Conflict.
    """
    guard_set_up(actor)
    row = locked(ServiceArea, pk, revision)
    if row is None:
        raise NotFound("area")
    about = f"{row.service}, {row.settlement}"
    record("area_removed", about, {"unit": row.unit}, {}, unit="", actor=actor, now=now)
    row.delete()
