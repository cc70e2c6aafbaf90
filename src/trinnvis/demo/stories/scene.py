"""What a story needs: people by name, moments by working days ago, and the longest steps in one call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from typing import TYPE_CHECKING

from django.utils import timezone

from trinnvis.access.actor import Actor
from trinnvis.access.services import actor_of
from trinnvis.casework import services
from trinnvis.casework.models import Case, Enquiry
from trinnvis.casework.queries.criteria import criteria_services, criteria_state
from trinnvis.casework.rules.decision import Draft
from trinnvis.casework.rules.enquiry import Contact, Said
from trinnvis.casework.rules.lines import Line
from trinnvis.demo.history.diary import working_days
from trinnvis.letters.services import send_decision
from trinnvis.people.models import Person
from trinnvis.policy.criteria import Outcome, ReasonRule
from trinnvis.policy.model import Policy
from trinnvis.policy.queries import policy_at

if TYPE_CHECKING:
    from trinnvis.demo.build import Town

NOBODY_BETWEEN = Contact()


@dataclass
class Scene:
    """The town as a stage; each verb is given who and when."""

    town: Town
    _sent: count[int] = field(default_factory=lambda: count(1))

    @property
    def today(self) -> date:
        return timezone.localdate(self.town.now)

    @property
    def policy(self) -> Policy:
        return policy_at(self.today)

    def actor(self, subject: str) -> Actor:
        return actor_of(self.town.accounts[subject], on=self.today)

    def person(self, name: str) -> Person:
        """A member of the cast by login or by full name."""
        if account := self.town.accounts.get(name):
            assert account.person is not None
            return account.person
        places = (place for place in self.town.drawn.in_cast if self.town.people[place].full_name == name)
        return self.town.people[next(places)]

    def ago(self, days: int, hour: int = 9, minute: int = 0) -> datetime:
        """A moment so many working days ago, never after now."""
        day = working_days(self.today, -days)
        moment = datetime.combine(day, time(hour, minute), timezone.get_default_timezone())
        return min(moment, self.town.now)

    def citizen_writes(self, number: str, by: str, at: datetime, texts: Mapping[str, str]) -> None:
        revisions = self._revisions(number, "citizen")
        services.write_assessment(
            number=number,
            voice="citizen",
            texts={code: services.Words(text, revisions.get(code, 0)) for code, text in texts.items()},
            actor=self.actor(by),
            now=at,
        )

    def enquire(
        self,
        by: str,
        said: Said,
        at: datetime,
        *,
        channel: str = "portal",
        person: Person | None = None,
        unidentified_name: str = "",
        contact: Contact = NOBODY_BETWEEN,
    ) -> Enquiry:
        return services.register_enquiry(
            actor=self.actor(by),
            now=at,
            submission_key=f"story-{next(self._sent)}",
            channel=channel,
            said=said,
            person=person,
            unidentified_name=unidentified_name,
            contact=contact,
        )

    def open(
        self, enquiry: Enquiry, by: str, at: datetime, *, outcome: str = "clarification", reason: str, to: str
    ) -> str:
        """Triage the enquiry and give the case to somebody; the case's number."""
        case = services.triage(
            enquiry_number=enquiry.number, outcome=outcome, reason=reason, actor=self.actor(by), now=at
        )
        assert case is not None
        later = at + timedelta(minutes=6)
        services.assign(
            number=case.number, to=self.town.accounts[to], actor=self.actor(by), now=min(later, self.town.now)
        )
        return case.number

    def assess(
        self,
        number: str,
        by: str,
        at: datetime,
        texts: Mapping[str, str],
        scores: Mapping[str, int],
        housing_step: int,
        *,
        capacity: tuple[str, str, str] = ("has", "Forstår hva saken gjelder og hva valget betyr.", ""),
        complete: bool = True,
    ) -> None:
        """The professional's side; variables that are not named are scored 1."""
        actor = self.actor(by)
        revisions = self._revisions(number, "professional")
        services.write_assessment(
            number=number,
            voice="professional",
            texts={code: services.Words(text, revisions.get(code, 0)) for code, text in texts.items()},
            actor=actor,
            now=at,
        )
        variables = self.policy.code_list("function", self.today).entries
        services.score_function(
            number=number,
            scores={v.code: services.Score(scores.get(v.code, 1), "", 0) for v in variables},
            actor=actor,
            now=at,
        )
        services.set_housing(
            number=number, housing_step=housing_step, expected_revision=0, actor=actor, now=at
        )
        if complete:
            conclusion, reason, shown = capacity
            services.decide_capacity(
                number=number,
                conclusion=conclusion,
                reason=reason,
                shown_to=shown,
                expected_revision=0,
                actor=actor,
                now=at,
            )
            services.complete_assessment(number=number, actor=actor, now=at)

    def reassess(
        self, number: str, by: str, at: datetime, texts: Mapping[str, str], capacity: tuple[str, str, str]
    ) -> None:
        """A new round in a case that is scored before: new words, and complete."""
        actor, revisions = self.actor(by), self._revisions(number, "professional")
        services.write_assessment(
            number=number,
            voice="professional",
            texts={code: services.Words(text, revisions.get(code, 0)) for code, text in texts.items()},
            actor=actor,
            now=at,
        )
        conclusion, reason, shown = capacity
        decided = Case.objects.get(number=number).consent_capacity.count()
        services.decide_capacity(
            number=number,
            conclusion=conclusion,
            reason=reason,
            shown_to=shown,
            expected_revision=decided,
            actor=actor,
            now=at,
        )
        services.complete_assessment(number=number, actor=actor, now=at)

    def _revisions(self, number: str, voice: str) -> dict[str, int]:
        entries = Case.objects.get(number=number).entries.filter(voice=voice).order_by("revision")
        return {entry.topic: entry.revision for entry in entries}

    def line(self, service: str, amount: str, starts: date, ends: date | None = None) -> Line:
        row = self.policy.service(service)
        return Line(service, row.steps[0], Decimal(amount), row.unit.value, starts, ends)

    def compare(
        self,
        number: str,
        by: str,
        at: datetime,
        ways: Sequence[tuple[str, str, Sequence[Line]]],
        *,
        choose: int,
        reason: str,
    ) -> None:
        made = [
            services.add_alternative(number, title=title, why=why, lines=lines, actor=self.actor(by), now=at)
            for title, why, lines in ways
        ]
        services.choose_alternative(made[choose].pk, reason=reason, actor=self.actor(by), now=at)

    def answer(self, number: str, by: str, at: datetime, answers: Mapping[str, tuple[str, str]]) -> None:
        """`answers`: question → (answer, reason). Where none is given, the first that does not refuse."""
        case = Case.objects.get(number=number)
        for service in criteria_services(case):
            while question := criteria_state(case, service).walk.next:
                likely = next(a for a in question.answers if a.outcome != Outcome.NOT_MET)
                code, reason = answers.get(question.code, (likely.code, ""))
                answer = next(a for a in question.answers if a.code == code)
                if answer.reason == ReasonRule.REQUIRED and not reason:
                    raise LookupError(f"{number}: {service}/{question.code} wants a reason")
                services.answer_criterion(
                    number=number,
                    service=service,
                    question=question.code,
                    answer=code,
                    reason=reason,
                    expected_revision=criteria_state(case, service).revision(question.code),
                    actor=self.actor(by),
                    now=at,
                )

    def draft(self, number: str, by: str, at: datetime, draft: Draft, *, revision: int = 0) -> int:
        """Save the draft; its new revision."""
        decision = services.draft_decision(
            number, draft=draft, expected_revision=revision, actor=self.actor(by), now=at
        )
        return decision.revision

    def submit(self, number: str, by: str, at: datetime, revision: int) -> None:
        services.submit_decision(number, expected_revision=revision, actor=self.actor(by), now=at)

    def approve(self, number: str, by: str, at: datetime, revision: int) -> None:
        services.approve_decision(number, expected_revision=revision, actor=self.actor(by), now=at)

    def send(self, number: str, by: str, at: datetime) -> None:
        send_decision(number=number, actor=self.actor(by), now=at)
