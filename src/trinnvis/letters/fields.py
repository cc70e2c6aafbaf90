"""What stands behind each `{name}` in a letter text (policy LETTER_FIELDS)."""

from __future__ import annotations

from collections import defaultdict

from django.utils import timezone
from django.utils.translation import gettext as _

from trinnvis.casework.queries.decision_view import DecisionView
from trinnvis.formats import MISSING, listed, long_date
from trinnvis.people.models import Person
from trinnvis.policy.deadlines import length_words

from .wording import named


def services_in_words(view: DecisionView) -> str:
    """What was granted, or for a refusal what was not, as words in a row."""
    lines = view.granted or view.refused_lines
    return listed(map(named, lines))


def fields_of(view: DecisionView, recipient: Person) -> dict[str, str]:
    """Every field a letter text may use, filled from the decision; "–" for what it does not have."""
    first = named(view.lines[0]) if view.lines else MISSING
    child = "" if recipient == view.party else view.party.given_name  # read by one who acts for the party
    rule = view.appeal.rule
    town = view.municipality
    values = {
        "address": view.unit.address or town.address,
        "appeal_body": view.appeal.body,
        "appeal_by": long_date(view.appeal.by),
        "appeal_length": length_words(rule.length) if rule else "",
        "case_number": view.case_number,
        "case_worker": view.case_worker.name if view.case_worker else view.drafted_by.name,
        "citizen": view.person.full_name,
        "date": long_date(view.on),
        "decided_by": view.decided_by.name if view.decided_by else "",
        "decision_number": view.number,
        "email": town.email,
        "ends_on": long_date(view.last_day),
        "goal": view.goal,
        "intake_unit": view.policy.unit(town.intake_unit).title,
        "legal_bases": listed(f"{basis.short} {basis.paragraph}" for basis in view.legal_bases),
        "municipality": town.name,
        "opening_hours": view.unit.opening_hours,
        "period": f"{long_date(view.starts_on)} – {long_date(view.last_day)}",
        "person": view.person.full_name,
        "phone": view.unit.phone or town.phone,
        "privacy_contact": town.privacy_contact,
        "received_on": long_date(timezone.localtime(view.applied_at).date() if view.applied_at else None),
        "recipient": recipient.full_name,
        "result": view.kind,
        "review_on": long_date(view.review_on or view.last_day),  # as `sending.review_deadline`
        "service": first,
        "services": services_in_words(view),
        "starts_on": long_date(view.starts_on),
        "unit": view.unit.title,
        "waiting": listed(map(named, view.waiting)),
        "website": town.website,
        "who": child or _("Du"),
        "whose": _("til %(name)s") % {"name": child} if child else _("din"),
    }
    return defaultdict(lambda: MISSING, {name: value or MISSING for name, value in values.items()})
