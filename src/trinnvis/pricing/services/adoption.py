"""Adopt a draft (vedta): the only way an adopted price list comes to be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from trinnvis.access.actor import Actor
from trinnvis.policy.canonical import fingerprint
from trinnvis.policy.model import Policy, PriceRow
from trinnvis.policy.queries import policy_at
from trinnvis.pricing.errors import Conflict, Refused
from trinnvis.pricing.models import PriceDraft, PriceEvent, PriceList
from trinnvis.pricing.queries import row_of
from trinnvis.pricing.rules import adopting
from trinnvis.resources.price_book import key_of

from .common import log, open_draft, policy_now, when


@transaction.atomic
def adopt(
    draft_id: int, *, valid_from: date, decision: str, expected_revision: int, actor: Actor, now: datetime
) -> PriceList:
    """Make the draft an adopted list that never changes, in force from `valid_from`.

    `expected_revision`: the draft's that the one who adopts has read.

    Raises:
        Conflict: the draft was changed after it was read; `current` is the draft.
        Refused: the actor may not adopt it, the date is taken, nothing is new, or a row does not fit.
        NotFound: as `save_row`.
    """
    draft = open_draft(draft_id, actor, to_edit=False)
    if draft.revision != expected_revision:
        message = _(
            "%(name)s endret utkastet %(when)s, etter at du leste det. Les det på nytt før du vedtar."
        )
        raise Conflict(message % {"name": draft.changed_by.name, "when": when(draft.changed_at)}, draft)
    today, rule = timezone.localdate(now), policy_now(now).price_list_rule
    taken = set(PriceList.objects.values_list("valid_from", flat=True))
    for why in (
        adopting.why_not(rule, roles=actor.role_names, actor=actor.key, last_editor=draft.changed_by_id),
        adopting.date_fault(valid_from, taken, today),
    ):
        if why:
            raise Refused(_(why))
    if not decision.strip():
        raise Refused(
            _("Skriv hvem som har vedtatt prisene og hvor, for eksempel «Kommunestyret, sak 12/26».")
        )
    rows = [row_of(stored) for stored in draft.rows.all()]
    _fit_the_policy(rows, policy_at(max(valid_from, today)))
    document = {"rows": [row.model_dump(mode="json") for row in sorted(rows, key=key_of)]}
    sha256 = fingerprint(document)
    before = PriceList.objects.filter(valid_from__lt=valid_from).first()
    if before and before.sha256 == sha256:
        raise Refused(
            _("Prisene er de samme som i prisliste %(number)s. Det er ikke noe nytt å vedta.")
            % {"number": before.number}
        )
    adopted = PriceList(
        number=(PriceList.objects.aggregate(last=Max("number"))["last"] or 0) + 1,
        title=draft.title,
        valid_from=valid_from,
        decision=decision.strip()[:200],
        adopted_by_id=actor.key,
        adopted_at=now,
        sha256=sha256,
        document=document,
    )
    try:
        with transaction.atomic():
            adopted.save()
    except IntegrityError as error:  # somebody adopted at the same moment and took the number or the day
        raise Refused(_("En annen prisliste ble vedtatt samtidig. Se over listene og prøv igjen.")) from error
    draft.state, draft.adopted_as = PriceDraft.State.ADOPTED, adopted
    draft.save(update_fields=["state", "adopted_as"])
    log(
        PriceEvent.Verb.ADOPTED,
        draft,
        actor,
        now,
        number=adopted.number,
        valid_from=valid_from.isoformat(),
        sha256=sha256,
    )
    return adopted


def _fit_the_policy(rows: Sequence[PriceRow], policy: Policy) -> None:
    if not rows:
        raise Refused(_("Utkastet har ingen priser. Det er ikke noe å vedta."))
    units = {service.code: service.unit for service in policy.services}
    wrong = [row.service for row in rows if units.get(row.service) != row.unit]
    if wrong:
        message = _(
            "Disse passer ikke med tjenestene i politikken som skal gjelde: %(codes)s. Rett eller fjern dem."
        )
        raise Refused(message % {"codes": ", ".join(wrong)})
