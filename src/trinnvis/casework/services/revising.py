"""What the append-only slots of an assessment share: who saved last, and what new facts set going."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from trinnvis.access.actor import Actor
from trinnvis.casework.errors import Refused
from trinnvis.casework.models import Case, Need
from trinnvis.casework.models.assessment import Revised
from trinnvis.casework.rules.assessment import must_reconsider
from trinnvis.casework.rules.state import CaseState

from .needs import open_need


def author_id(actor: Actor) -> int:
    """The account that signs a row: everything in an assessment has a named author."""
    if actor.account_id is None:
        raise Refused(_("Logg inn for å skrive i saken."))
    return actor.account_id


def saved_meanwhile(theirs: Revised | None) -> str:
    """Tells someone that their words met a newer revision: by whom, when, and what to do."""
    if theirs is None:
        return _("Siden du lagret fra, er utdatert. Last den inn på nytt, og lagre igjen.")
    return _(
        "%(name)s lagret dette %(when)s, etter at du åpnet siden. Det du skrev, er ikke lagret ennå. "
        "Les det som står der nå, og lagre på nytt."
    ) % {
        "name": theirs.written_by.name,
        "when": date_format(timezone.localtime(theirs.written_at), r"j. F Y \k\l. H.i"),
    }


def reconsider(case: Case, state: CaseState, why: str, *, actor: Actor, now: datetime) -> None:
    """Open the need `assess` again when something new came after the assessment was completed."""
    if must_reconsider(state) and assessed_before(case):
        open_need(case, "assess", actor=actor, now=now, note=why)


def assessed_before(case: Case) -> bool:
    """Whether the assessment has been complete at some time."""
    return case.needs.filter(kind="assess", state=Need.State.SOLVED).exists()
