"""Clarification, goals, numbers before and after, and consent capacity."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from trinnvis.access.queries import staff
from trinnvis.access.rules import PROFESSIONAL_ROLES
from trinnvis.casework import services
from trinnvis.desk.acts import NO_GATE, Act, plain
from trinnvis.desk.forms import acts as forms

from .page import CasePage


def _professionals(page: CasePage, data: Any, thing: int) -> forms.TeamMember:
    return forms.TeamMember(data, staff=staff(on=page.today, roles=PROFESSIONAL_ROLES))


def _team(page: CasePage, said: dict[str, Any], thing: int) -> None:
    account = int(said["account"]) if said["account"] else None
    services.add_team_member(
        page.number, profession=said["profession"], name=said["name"], account_id=account, **page.who
    )


def _answer(page: CasePage, said: dict[str, Any], thing: int) -> None:
    services.answer_clarification(page.number, accept=said["accept"] == "ja", note=said["note"], **page.who)


def _measuring(page: CasePage, data: Any, thing: int) -> forms.Measure:
    return forms.Measure(data, instruments=page.policy.instruments, goals=page.case.goals.all())


def _measure(page: CasePage, said: dict[str, Any], thing: int) -> None:
    instrument, _slash, part = said["part"].partition("/")
    services.measure(
        page.number,
        instrument=instrument,
        part=part,
        moment=said["moment"],
        value=said["value"],
        measured_on=said["measured_on"],
        goal_id=int(said["goal"]) if said["goal"] else None,
        **page.who,
    )


def _capacity_form(page: CasePage, data: Any, thing: int) -> forms.Capacity:
    latest = page.case.consent_capacity.order_by("-revision").first()
    standing = {
        "conclusion": latest.conclusion if latest else None,
        "reason": latest.reason if latest else "",
        "shown_to": latest.shown_to if latest else "",
        "revision": latest.revision if latest else 0,
    }
    return forms.Capacity(data, initial=standing)


def _capacity(page: CasePage, said: dict[str, Any], thing: int) -> None:
    services.decide_capacity(
        page.number,
        conclusion=said["conclusion"],
        reason=said["reason"],
        shown_to=said["shown_to"],
        expected_revision=said["revision"] or 0,
        **page.who,
    )


ASSESSING = {
    "offer_clarification": Act(
        "offer_clarification",
        _("Tilby avklaringsforløp"),
        _("Registrer tilbudet"),
        _("Avklaringsforløp er tilbudt."),
        lambda page, said, thing: services.offer_clarification(page.number, **said, **page.who),
        plain(forms.OfferClarification),
        text=NO_GATE,
        back="case_clarification",
    ),
    "skip_clarification": Act(
        "skip_clarification",
        _("Avklaring er ikke aktuelt her"),
        _("Lagre"),
        _("Det er notert at avklaring ikke er aktuelt."),
        lambda page, said, thing: services.skip_clarification(page.number, reason=said["reason"], **page.who),
        plain(forms.Reason),
        text=NO_GATE,
        back="case_clarification",
    ),
    "answer_clarification": Act(
        "answer_clarification",
        _("Noter svaret på tilbudet"),
        _("Lagre svaret"),
        _("Svaret er notert."),
        _answer,
        plain(forms.AnswerClarification),
        text=NO_GATE,
        back="case_clarification",
    ),
    "team": Act(
        "team",
        _("Legg til en fagperson i teamet"),
        _("Legg til"),
        _("Teamet er oppdatert."),
        _team,
        _professionals,
        text=_("Den som legges til, får se saken så lenge den er åpen."),
        back="case_clarification",
    ),
    "remove_member": Act(
        "team",
        _("Ta en fagperson ut av teamet"),
        _("Ta ut"),
        _("Teamet er oppdatert."),
        lambda page, said, thing: services.remove_team_member(page.number, member_id=thing, **page.who),
        text=_("Personen ser ikke lenger saken. Det går fram av tidslinjen at han eller hun har vært med."),
        back="case_clarification",
        color="danger",
    ),
    "end_clarification": Act(
        "end_clarification",
        _("Avslutt avklaringsforløpet"),
        _("Avslutt forløpet"),
        _("Avklaringsforløpet er avsluttet."),
        lambda page, said, thing: services.end_clarification(page.number, **said, **page.who),
        plain(forms.EndClarification),
        back="case_clarification",
    ),
    "goal": Act(
        "goal",
        _("Skriv et mål"),
        _("Lagre målet"),
        _("Målet er lagret."),
        lambda page, said, thing: services.write_goal(page.number, words=said["words"], **page.who),
        plain(forms.WriteGoal),
        back="case_clarification",
    ),
    "evaluate_goal": Act(
        "evaluate_goal",
        _("Si hvordan det gikk med målet"),
        _("Lagre"),
        _("Målet er vurdert."),
        lambda page, said, thing: services.evaluate_goal(page.number, goal_id=thing, **said, **page.who),
        plain(forms.EvaluateGoal),
        back="case_clarification",
    ),
    "measure": Act(
        "measure",
        _("Registrer en måling"),
        _("Lagre målingen"),
        _("Målingen er lagret."),
        _measure,
        _measuring,
        text=_("En måling rettes ikke. Er den feil, registrerer du en ny, og den siste gjelder."),
        back="case_clarification",
        names={"instrument": "part"},
    ),
    "capacity": Act(
        "capacity",
        _("Vurder samtykkekompetanse"),
        _("Lagre vurderingen"),
        _("Vurderingen av samtykkekompetansen er lagret."),
        _capacity,
        _capacity_form,
        text=_(
            "Voksne har samtykkekompetanse til det motsatte er vurdert. Vurderingen begrunnes skriftlig og "
            "vises til innbyggeren."
        ),
        back="case_assessment",
    ),
    "reopen_assessment": Act(
        "reopen_assessment",
        _("Gjenåpne vurderingen"),
        _("Gjenåpne"),
        _("Vurderingen er åpen igjen."),
        lambda page, said, thing: services.reopen_assessment(page.number, reason=said["reason"], **page.who),
        plain(forms.Reason),
        text=_("Timer og kroner vises ikke før vurderingen er fullført på nytt."),
        back="case_assessment",
    ),
}
