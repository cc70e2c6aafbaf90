"""What every service of price lists begins and ends with."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from trinnvis.access.actor import Actor
from trinnvis.access.rules import PLANNING_ROLES
from trinnvis.policy.model import Policy
from trinnvis.policy.queries import policy_at
from trinnvis.pricing.errors import NotFound, Refused
from trinnvis.pricing.models import PriceDraft, PriceEvent


def may_edit(actor: Actor) -> None:
    if not actor.has_role(*PLANNING_ROLES):
        raise Refused(_("Bare ledere, økonomer og planleggere kan endre prislister."))


def open_draft(draft_id: int, actor: Actor, *, to_edit: bool = True) -> PriceDraft:
    """The draft, locked, while it may still be changed.

    Raises:
        NotFound: there is none.
        Refused: it is adopted or discarded, or (`to_edit`) the actor may not edit price lists.
    """
    if to_edit:
        may_edit(actor)
    draft = PriceDraft.objects.select_for_update().filter(pk=draft_id).first()
    if draft is None:
        raise NotFound("draft")
    if draft.state == PriceDraft.State.ADOPTED:
        raise Refused(
            _("Utkastet er vedtatt, og en vedtatt prisliste endres aldri. Lag et nytt utkast fra den.")
        )
    if draft.state == PriceDraft.State.DISCARDED:
        raise Refused(_("Utkastet er forkastet. Lag et nytt."))
    return draft


def policy_now(now: datetime) -> Policy:
    return policy_at(timezone.localdate(now))


def touch(draft: PriceDraft, actor: Actor, now: datetime) -> None:
    draft.revision += 1
    draft.changed_by_id, draft.changed_at = actor.key, now
    draft.save(update_fields=["revision", "changed_by", "changed_at"])


def log(verb: str, draft: PriceDraft | None, actor: Actor, now: datetime, **data: Any) -> None:
    PriceEvent.objects.create(
        at=now, by_id=actor.key, verb=verb, draft=draft, data=data, request_id=actor.request_id
    )


def when(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%d.%m.%Y kl. %H.%M}"
