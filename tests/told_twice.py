"""One story told twice: through the services, and by the demo's bulk writer of case history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from cast import account_of

from trinnvis.access.actor import Actor
from trinnvis.casework import services
from trinnvis.casework.models import Case, Enquiry
from trinnvis.casework.queries.criteria import criteria_services, criteria_state
from trinnvis.casework.rules.decision import Draft
from trinnvis.casework.rules.enquiry import Said
from trinnvis.casework.rules.lines import Line
from trinnvis.demo.history import assessing, deciding, opening
from trinnvis.demo.history.writer import HistoryWriter
from trinnvis.letters.services import send_decision
from trinnvis.policy.criteria import Outcome, ReasonRule
from trinnvis.policy.model import Policy

pytestmark = pytest.mark.django_db

WISH = "Jeg vil gå til butikken selv igjen."
SAID = Said(
    what_matters=WISH, what_i_manage="Jeg lager mat.", is_application=True, applies_for="Hjelp til å dusje"
)
REASONS = (
    "Du klarer ikke å dusje trygt alene etter bruddet. Med trening og litt hjelp kan du klare det igjen."
)


@dataclass(frozen=True)
class Told:
    """What both tellings know: who acts, when, and the words."""

    policy: Policy
    sara: Actor
    bjorn: Actor
    unni: Actor
    start: datetime

    def at(self, minutes: int) -> datetime:
        return self.start + timedelta(minutes=minutes)

    def words(self, kinds: tuple[str, ...] = ("wish", "own", "network", "home", "technology", "health")):
        return {t.code: f"Sett hjemme: {t.title}" for t in self.policy.topics if t.kind in kinds}

    @property
    def wish(self) -> dict[str, str]:
        return {topic.code: WISH for topic in self.policy.topics if topic.kind == "wish"}

    @property
    def scores(self) -> dict[str, int]:
        return {entry.code: 2 for entry in self.policy.code_list("function", self.start.date()).entries}

    def line(self, service: str) -> Line:
        row, start = self.policy.service(service), date(2026, 12, 1)
        return Line(service, row.steps[0], Decimal(2), row.unit.value, start, date(2027, 6, 1))

    @property
    def codes(self) -> list[str]:
        return [service.code for service in self.policy.services if service.criteria][:2]

    def draft(self, service: str) -> Draft:
        return Draft(
            kind="grant",
            citizen_wish=WISH,
            wish_weighed="Vi har lagt stor vekt på ønsket ditt.",
            goal="Du dusjer selv innen seks måneder.",
            facts="Du brakk hoften i oktober.",
            reasons=REASONS,
            starts_on=date(2026, 12, 1),
            ends_on=date(2027, 6, 1),
            review_on=date(2027, 5, 3),
            lines=(self.line(service),),
        )


def by_services(told: Told, enquiry: Enquiry) -> Case:
    sara, at = told.sara, told.at
    case = services.triage(
        enquiry_number=enquiry.number, outcome="clarification", reason="Trenger mer", actor=sara, now=at(1)
    )
    number = case.number
    services.assign(number=number, to=account_of(sara), actor=sara, now=at(2))
    services.offer_clarification(number, actor=sara, now=at(3))
    services.answer_clarification(number, accept=True, note="Ja, på telefon", actor=sara, now=at(4))
    services.add_team_member(
        number, profession="ergoterapeut", account_id=told.unni.account_id, actor=sara, now=at(5)
    )
    services.add_team_member(number, profession="lege", name="Live Brenna", actor=sara, now=at(5))
    goal = services.write_goal(number, words="Dusje selv", actor=told.unni, now=at(6))
    for moment, value in (("before", 3), ("after", 7)):
        services.measure(
            number,
            instrument=told.policy.instruments[0].code,
            part=told.policy.instruments[0].parts[0].code,
            moment=moment,
            value=Decimal(value),
            measured_on=at(7).date(),
            goal_id=goal.pk,
            actor=told.unni,
            now=at(7),
        )
    services.evaluate_goal(number, goal_id=goal.pk, state="reached", note="Bra", actor=told.unni, now=at(8))
    services.end_clarification(number, outcome="needs_service", note="Litt hjelp", actor=sara, now=at(9))
    services.confirm_heard(number=number, how="Hjemmebesøk", actor=sara, now=at(10))
    services.write_assessment(
        number,
        voice="citizen",
        texts={code: services.Words(text + " Ja.", 1) for code, text in told.wish.items()},
        on_behalf=True,
        actor=sara,
        now=at(11),
    )
    services.write_assessment(
        number,
        voice="professional",
        texts={code: services.Words(text, 0) for code, text in told.words().items()},
        actor=sara,
        now=at(12),
    )
    scores = {code: services.Score(score, "", 0) for code, score in told.scores.items()}
    services.score_function(number, scores=scores, actor=sara, now=at(13))
    services.set_housing(number, housing_step=1, expected_revision=0, actor=sara, now=at(14))
    services.decide_capacity(
        number, conclusion="has", reason="Forstår.", shown_to="", expected_revision=0, actor=sara, now=at(15)
    )
    services.complete_assessment(number, actor=sara, now=at(16))
    made = [
        services.add_alternative(
            number, title=code, why="Dekker behovet.", lines=[told.line(code)], actor=sara, now=at(17)
        )
        for code in told.codes
    ]
    services.choose_alternative(made[0].pk, reason="Minst inngripende.", actor=sara, now=at(18))
    for service in criteria_services(case):
        while question := criteria_state(case, service).walk.next:
            answer = next(a for a in question.answers if a.outcome != Outcome.NOT_MET)
            services.answer_criterion(
                number,
                service=service,
                question=question.code,
                answer=answer.code,
                reason="" if answer.reason == ReasonRule.NONE else "Slik er det.",
                expected_revision=0,
                actor=sara,
                now=at(19),
            )
    services.draft_decision(
        number, draft=told.draft(told.codes[0]), expected_revision=0, actor=sara, now=at(20)
    )
    services.submit_decision(number, expected_revision=1, actor=sara, now=at(21))
    services.return_decision(
        number, expected_revision=1, return_reason="extent", words="Hvor ofte?", actor=told.bjorn, now=at(22)
    )
    services.draft_decision(
        number,
        draft=Draft(**{**vars(told.draft(told.codes[0])), "goal": "Du dusjer selv."}),
        expected_revision=2,
        actor=sara,
        now=at(23),
    )
    services.submit_decision(number, expected_revision=3, actor=sara, now=at(24))
    services.approve_decision(number, expected_revision=3, actor=told.bjorn, now=at(25))
    send_decision(number=number, actor=sara, now=at(26))
    services.reopen_assessment(number, reason="Behovet har økt.", actor=sara, now=at(30))
    health = {code: services.Words("Dårligere.", 1) for code in told.words(("health",))}
    services.write_assessment(number, voice="professional", texts=health, actor=sara, now=at(31))
    services.complete_assessment(number, actor=sara, now=at(32))
    more = services.add_alternative(
        number, title="Mer", why="Trengs nå.", lines=[told.line(told.codes[1])], actor=sara, now=at(33)
    )
    services.choose_alternative(more.pk, reason="Det trengs mer nå.", actor=sara, now=at(34))
    services.close_case(number=number, reason="Avsluttet.", actor=sara, now=at(40))
    return Case.objects.get(number=number)


def by_history(told: Told, enquiry: Enquiry, writer: HistoryWriter) -> Case:
    sara, at = told.sara, told.at
    file = opening.triage(
        writer, enquiry, outcome="clarification", reason="Trenger mer", actor=sara, at=at(1)
    )

    def pen(actor: Actor, minutes: int) -> None:
        file.take_pen(actor, at(minutes))

    pen(sara, 2)
    opening.assign(file, to=sara)
    pen(sara, 3)
    opening.offer_clarification(file)
    pen(sara, 4)
    opening.answer_clarification(file, accept=True, note="Ja, på telefon")
    pen(sara, 5)
    opening.add_team_member(file, profession="ergoterapeut", member=told.unni)
    opening.add_team_member(file, profession="lege", name="Live Brenna")
    pen(told.unni, 6)
    goal = opening.write_goal(file, words="Dusje selv")
    pen(told.unni, 7)
    instrument = told.policy.instruments[0]
    for moment, value in (("before", 3), ("after", 7)):
        opening.measure(
            file,
            instrument=instrument.code,
            part=instrument.parts[0].code,
            moment=moment,
            value=value,
            goal=goal,
        )
    pen(told.unni, 8)
    opening.evaluate_goal(file, goal, state="reached", note="Bra")
    pen(sara, 9)
    opening.end_clarification(file, outcome="needs_service", note="Litt hjelp")
    pen(sara, 10)
    assessing.confirm_heard(file, how="Hjemmebesøk")
    pen(sara, 11)
    assessing.write_assessment(
        file, assessing.CITIZEN, {code: text + " Ja." for code, text in told.wish.items()}
    )
    pen(sara, 12)
    assessing.write_assessment(file, assessing.PROFESSIONAL, told.words())
    pen(sara, 13)
    assessing.score_function(file, told.scores)
    pen(sara, 14)
    assessing.set_housing(file, housing_step=1)
    pen(sara, 15)
    assessing.decide_capacity(file, conclusion="has", reason="Forstår.", shown_to="")
    pen(sara, 16)
    assessing.complete_assessment(file)
    pen(sara, 17)
    made = [
        deciding.add_alternative(file, title=code, why="Dekker behovet.", lines=[told.line(code)])
        for code in told.codes
    ]
    pen(sara, 18)
    deciding.choose_alternative(file, made[0], reason="Minst inngripende.")
    pen(sara, 19)
    for service in deciding.asked_about(file):
        while question := deciding.criteria_walk(file, service).next:
            answer = next(a for a in question.answers if a.outcome != Outcome.NOT_MET)
            reason = "" if answer.reason == ReasonRule.NONE else "Slik er det."
            deciding.answer_criterion(file, service, question.code, answer=answer.code, reason=reason)
    pen(sara, 20)
    deciding.draft_decision(file, told.draft(told.codes[0]))
    pen(sara, 21)
    deciding.submit_decision(file)
    pen(told.bjorn, 22)
    deciding.return_decision(file, return_reason="extent", words="Hvor ofte?")
    pen(sara, 23)
    deciding.draft_decision(file, Draft(**{**vars(told.draft(told.codes[0])), "goal": "Du dusjer selv."}))
    pen(sara, 24)
    deciding.submit_decision(file)
    pen(told.bjorn, 25)
    deciding.approve_decision(file)
    pen(sara, 26)
    deciding.send_decision(file)
    pen(sara, 30)
    assessing.reopen_assessment(file, reason="Behovet har økt.")
    pen(sara, 31)
    health = dict.fromkeys(told.words(("health",)), "Dårligere.")
    assessing.write_assessment(file, assessing.PROFESSIONAL, health)
    pen(sara, 32)
    assessing.complete_assessment(file)
    pen(sara, 33)
    more = deciding.add_alternative(file, title="Mer", why="Trengs nå.", lines=[told.line(told.codes[1])])
    pen(sara, 34)
    deciding.choose_alternative(file, more, reason="Det trengs mer nå.")
    pen(sara, 40)
    opening.close_case(file, reason="Avsluttet.")
    writer.write()
    return Case.objects.get(pk=file.case.pk)
