"""Ingrid's case with the need written, ready for alternatives and a decision, judged by `small_policy`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from built_once import built_once
from cast import NOW, citizen, employee, person_of
from small_policy import small_policy

from trinnvis.access.actor import Actor
from trinnvis.casework import services
from trinnvis.casework.models import Alternative, Case, Decision, Enquiry, Need
from trinnvis.casework.queries.state import latest_decision
from trinnvis.casework.rules.decision import Draft
from trinnvis.casework.rules.enquiry import Said
from trinnvis.casework.rules.lines import Line
from trinnvis.policy.model import Policy
from trinnvis.policy.services import adopt

UNIT = "tildelingsenheten"
TODAY = NOW.date()
SOON = TODAY + timedelta(days=14)
IN_A_YEAR = date(2027, 11, 30)

HELP = Line("praktisk-bistand", 2, Decimal("2.5"), "hours_per_week", SOON)
NURSING = Line("hjemmesykepleie", 2, Decimal(7), "visits_per_week", SOON)
PLACE = Line("langtid", 4, Decimal(1), "places", SOON)
REFUSED_PLACE = Line("langtid", granted=False, reason="Hun klarer seg hjemme med hjelpen hun får.")

GRANT = Draft(
    kind="grant",
    citizen_wish="Jeg vil bo hjemme så lenge jeg kan.",
    wish_weighed="Ønsket har fått stor vekt, og hjelpen er lagt til hjemmet.",
    goal="Ingrid steller seg selv om morgenen innen våren.",
    facts="Hun falt i oktober og bruker rullator inne.",
    reasons="Ingrid klarer ikke å dusje trygt alene etter fallet, og trening har ikke vært nok til nå.",
    starts_on=SOON,
    review_on=IN_A_YEAR,
    lines=(HELP,),
)
REFUSAL = replace(
    GRANT,
    kind="refusal",
    goal="",
    starts_on=None,
    review_on=None,
    refused="Du får ikke langtidsplass nå, fordi hjelp hjemme gir deg det du trenger.",
    lines=(REFUSED_PLACE,),
)
PART = replace(GRANT, kind="part", refused=REFUSAL.refused, lines=(HELP, REFUSED_PLACE))


@dataclass
class Desk:
    """A case and those who work with it. `number` is the case's."""

    case: Case
    ingrid: Actor
    sara: Actor
    bjorn: Actor
    leif: Actor
    fremmed: Actor

    @property
    def number(self) -> str:
        return self.case.number

    @property
    def decision(self) -> Decision:
        decision = latest_decision(self.case)
        assert decision is not None
        return decision

    def open_needs(self) -> set[str]:
        return set(self.case.needs.filter(state=Need.State.OPEN).values_list("kind", flat=True))

    def stage(self) -> str:
        return Case.objects.get(pk=self.case.pk).stage

    def verbs(self) -> list[str]:
        return list(self.case.events.order_by("sequence").values_list("verb", flat=True))

    def alternative(self, title: str = "Hjelp hjemme", *lines: Line, now: datetime = NOW) -> Alternative:
        return services.add_alternative(
            self.number, title=title, why="Trygt og hjemme.", lines=lines or (HELP,), actor=self.sara, now=now
        )

    def choose(self, alternative: Alternative, now: datetime = NOW) -> None:
        services.choose_alternative(
            alternative.pk, reason="Det svarer best på behovet.", actor=self.sara, now=now
        )

    def answer(self, service: str = "praktisk-bistand", answer: str = "nei", now: datetime = NOW) -> None:
        services.answer_criterion(
            self.number,
            service=service,
            question="selv",
            answer=answer,
            reason="Prøvd i seks uker.",
            expected_revision=0,
            actor=self.sara,
            now=now,
        )

    def draft(self, draft: Draft = GRANT, expected: int = 0, actor: Actor | None = None, now: datetime = NOW):
        return services.draft_decision(
            self.number, draft=draft, expected_revision=expected, actor=actor or self.sara, now=now
        )

    def submit(self, actor: Actor | None = None, now: datetime = NOW) -> Decision:
        return services.submit_decision(
            self.number, expected_revision=self.decision.revision, actor=actor or self.sara, now=now
        )

    def approve(self, actor: Actor | None = None, now: datetime = NOW) -> Decision:
        return services.approve_decision(
            self.number, expected_revision=self.decision.revision, actor=actor or self.bjorn, now=now
        )

    def send(self, now: datetime = NOW) -> Decision:
        return services.send_decision(self.number, actor=self.sara, now=now)

    def decide(self, draft: Draft = GRANT, now: datetime = NOW) -> Decision:
        """From draft to sent."""
        latest = latest_decision(self.case)
        in_hand = latest is not None and latest.state != Decision.State.SENT
        self.draft(draft, latest.revision if in_hand else 0, now=now)
        self.submit(now=now)
        self.approve(now=now)
        return self.send(now=now)


def desk(
    policy: Policy, *, outcome: str = "clarification", assessed: bool = True, adopted: datetime = NOW
) -> Desk:
    """The cast at work on Ingrid's application; with the assessment done unless told otherwise."""
    adopt(policy=policy, valid_from=date(2024, 1, 1), by="Kommunestyret", now=adopted)
    ingrid, fremmed = citizen("Ingrid"), citizen("Fremmed", date(1980, 1, 2), "male")
    sara = employee("Sara", "case_worker", UNIT)
    enquiry = services.register_enquiry(
        actor=ingrid,
        now=NOW,
        submission_key="1",
        channel=Enquiry.Channel.PORTAL,
        said=Said(what_matters="Å bo hjemme", is_application=True, applies_for="Hjelp til å dusje"),
        person=person_of(ingrid),
    )
    case = services.triage(
        enquiry_number=enquiry.number, outcome=outcome, reason="Trenger hjelp", actor=sara, now=NOW
    )
    assert case is not None
    at = Desk(
        case=case,
        ingrid=ingrid,
        sara=sara,
        bjorn=employee("Bjørn", "decision_maker", UNIT),
        leif=employee("Leif", "manager", UNIT),
        fremmed=fremmed,
    )
    if assessed:
        assess(at)
    return at


def assess(at: Desk) -> None:
    """Both voices written, consent capacity settled and the assessment completed."""
    words: dict[str, Any] = {"number": at.number, "topic": "viktig", "expected_revision": 0, "now": NOW}
    services.confirm_heard(number=at.number, how="Hjemmebesøk", actor=at.sara, now=NOW)
    services.write_words(**words, voice="professional", text="Ønsket er realistisk.", actor=at.sara)
    services.score_function(at.number, scores={"hygiene": (3, "", 0)}, actor=at.sara, now=NOW)
    services.set_housing(at.number, housing_step=1, note="", expected_revision=0, actor=at.sara, now=NOW)
    if "consent_capacity" in at.open_needs():
        services.decide_capacity(
            at.number,
            conclusion="has",
            reason="Forstår hva saken gjelder.",
            shown_to="Ingrid",
            expected_revision=0,
            actor=at.sara,
            now=NOW,
        )
    services.complete_assessment(at.number, actor=at.sara, now=NOW)


def chosen(at: Desk) -> Desk:
    """Two alternatives compared, the first chosen, and its criteria answered."""
    first = at.alternative("Hjelp hjemme", HELP)
    at.alternative("Langtidsplass", PLACE)
    at.choose(first)
    at.answer()
    return at


@built_once
def weighing() -> Desk:
    """The need written, and no alternatives yet."""
    return desk(small_policy())


@built_once
def ready_to_decide() -> Desk:
    """An alternative chosen, and nothing drafted yet."""
    return chosen(desk(small_policy()))
